import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

const line = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;

const funnelStyles = (theme: GrafanaTheme2) => {
  const small = theme.typography.bodySmall.fontSize;
  const radius = theme.shape.borderRadius(1);
  // What was lost: stripes, so that it is told apart from the bar without color.
  const lost = `repeating-linear-gradient(-45deg, ${theme.colors.border.weak} 0 1px, transparent 1px 6px), ${theme.colors.background.secondary}`;
  const track = {
    position: 'relative',
    display: 'block',
    background: lost,
    borderRadius: radius,
    overflow: 'hidden',
  } as const;
  const whisker = {
    position: 'absolute',
    background: `linear-gradient(${theme.colors.text.primary}, ${theme.colors.text.primary}) center / var(--line) no-repeat`,
    opacity: 0.75,
  } as const;
  const end = `1px solid ${theme.colors.text.primary}`;
  return {
    panel: css({
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1),
      margin: 0,
      overflow: 'hidden',
      color: theme.colors.text.primary,
    }),
    body: css({ flex: 1, minHeight: 0, overflow: 'auto', display: 'flex' }),
    message: css({
      display: 'grid',
      placeItems: 'center',
      height: '100%',
      overflow: 'auto',
      overflowWrap: 'anywhere',
      color: theme.colors.text.secondary,
    }),
    warning: css({ margin: 0, color: theme.colors.warning.text, fontSize: small }),
    muted: css({ color: theme.colors.text.secondary }),
    swatch: css({
      display: 'inline-block',
      flex: 'none',
      width: 10,
      height: 10,
      borderRadius: 2,
      marginRight: theme.spacing(0.75),
    }),
    link: css({ color: theme.colors.text.link, textDecoration: 'underline' }),
    mark: css({
      padding: 0,
      border: 0,
      background: 'none',
      color: 'inherit',
      font: 'inherit',
      textAlign: 'left',
      borderRadius: radius,
      '&:hover': { filter: theme.isDark ? 'brightness(1.15)' : 'brightness(0.96)' },
      '&:focus-visible': { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: 2 },
    }),

    legend: css({
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      margin: 0,
      padding: 0,
      listStyle: 'none',
      fontSize: small,
      maxHeight: '30%',
      overflow: 'auto',
      li: { display: 'flex', alignItems: 'center', gap: theme.spacing(0.5), maxWidth: '100%' },
    }),
    legendLabel: css({ ...line, maxWidth: 180 }),

    // Heads, bars and feet are rows of one grid: a name of two lines moves no bar.
    bars: css({
      flex: 1,
      display: 'grid',
      gridAutoFlow: 'column',
      gap: theme.spacing(0.5, 2),
      minWidth: 0,
      minHeight: 0,
    }),
    head: css({ display: 'flex', flexDirection: 'column', minWidth: 0, lineHeight: 1.3 }),
    name: css({
      display: '-webkit-box',
      WebkitLineClamp: 2,
      WebkitBoxOrient: 'vertical',
      overflow: 'hidden',
      overflowWrap: 'anywhere',
      fontWeight: theme.typography.fontWeightMedium,
      marginBottom: 'auto',
    }),
    rate: css({
      ...line,
      fontSize: theme.typography.h5.fontSize,
      fontWeight: theme.typography.fontWeightMedium,
    }),
    rateName: css({
      fontSize: small,
      fontWeight: theme.typography.fontWeightRegular,
      color: theme.colors.text.secondary,
    }),
    subRate: css({ ...line, fontSize: small, color: theme.colors.text.secondary }),
    plot: css({ minHeight: 0, display: 'flex', gap: 3, alignItems: 'stretch' }),
    barMark: css({ flex: 1, minWidth: 3, display: 'flex', flexDirection: 'column', gap: 2 }),
    barLabel: css({ fontSize: small, textAlign: 'center', whiteSpace: 'nowrap', color: theme.colors.text.secondary }),
    foot: css({ display: 'flex', flexDirection: 'column', fontSize: small, lineHeight: 1.4, span: line }),
    count: css({ fontWeight: theme.typography.fontWeightMedium }),

    trackUp: css({ ...track, flex: 1, minHeight: 0 }),
    fillUp: css({ position: 'absolute', left: 0, right: 0, bottom: 0, borderRadius: radius }),
    whiskerUp: css({
      ...whisker,
      '--line': '1px 100%',
      left: 'calc(50% - 4px)',
      width: 9,
      borderTop: end,
      borderBottom: end,
    }),
    trackRight: css({ ...track, height: 14, width: '100%' }),
    fillRight: css({ position: 'absolute', top: 0, bottom: 0, left: 0, borderRadius: radius }),
    whiskerRight: css({
      ...whisker,
      '--line': '100% 1px',
      top: 'calc(50% - 4px)',
      height: 9,
      borderLeft: end,
      borderRight: end,
    }),

    flow: css({ flex: 1, minWidth: 0 }),
    flowStep: css({ marginBottom: theme.spacing(0.75) }),
    flowName: css({ ...line, flex: '1 1 40px', minWidth: 0, fontWeight: theme.typography.fontWeightMedium }),
    flowMark: css({ display: 'block', width: '100%', marginBottom: theme.spacing(0.5) }),
    flowNumbers: css({
      display: 'flex',
      alignItems: 'baseline',
      gap: theme.spacing(0, 1),
      fontSize: small,
      lineHeight: 1.5,
    }),
    flowLabel: css({ ...line, flex: '1 1 60px', minWidth: 0, color: theme.colors.text.secondary }),
    flowRate: css({ fontWeight: theme.typography.fontWeightMedium, whiteSpace: 'nowrap' }),
    flowCount: css({ minWidth: '6ch', textAlign: 'right', whiteSpace: 'nowrap', color: theme.colors.text.secondary }),
    passage: css({ paddingBottom: theme.spacing(0.5), fontSize: small, color: theme.colors.text.secondary }),

    tableBox: css({ flex: 1, minWidth: 0, overflow: 'auto' }),
    table: css({
      width: '100%',
      fontSize: small,
      borderCollapse: 'collapse',
      fontVariantNumeric: 'tabular-nums',
      'th, td': {
        padding: theme.spacing(0.5, 1),
        borderBottom: `1px solid ${theme.colors.border.weak}`,
        textAlign: 'right',
        whiteSpace: 'nowrap',
      },
      th: { fontWeight: theme.typography.fontWeightMedium },
      'tbody th': { textAlign: 'left' },
      'thead th': {
        position: 'sticky',
        top: 0,
        background: theme.colors.background.primary,
        color: theme.colors.text.secondary,
      },
      'thead th[data-text]': { textAlign: 'left' },
    }),
    detailsTitle: css({
      display: 'flex',
      alignItems: 'center',
      fontWeight: theme.typography.fontWeightMedium,
      marginBottom: theme.spacing(0.5),
    }),
    details: css({
      fontVariantNumeric: 'tabular-nums',
      'th, td': {
        padding: theme.spacing(0.125, 0),
        paddingRight: theme.spacing(1.5),
        textAlign: 'left',
        whiteSpace: 'nowrap',
      },
      th: { fontWeight: theme.typography.fontWeightRegular, color: theme.colors.text.secondary },
      td: { fontWeight: theme.typography.fontWeightMedium },
    }),
  };
};

export const useFunnelStyles = (): ReturnType<typeof funnelStyles> => useStyles2(funnelStyles);
