import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { oneLine, panelStyles } from '../shared/styles.ts';

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
    ...panelStyles(theme),
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
      ...oneLine,
      fontSize: theme.typography.h5.fontSize,
      fontWeight: theme.typography.fontWeightMedium,
    }),
    rateName: css({
      fontSize: small,
      fontWeight: theme.typography.fontWeightRegular,
      color: theme.colors.text.secondary,
    }),
    subRate: css({ ...oneLine, fontSize: small, color: theme.colors.text.secondary }),
    plot: css({ minHeight: 0, display: 'flex', gap: 3, alignItems: 'stretch' }),
    barMark: css({ flex: 1, minWidth: 3, display: 'flex', flexDirection: 'column', gap: 2 }),
    barLabel: css({ fontSize: small, textAlign: 'center', whiteSpace: 'nowrap', color: theme.colors.text.secondary }),
    foot: css({ display: 'flex', flexDirection: 'column', fontSize: small, lineHeight: 1.4, span: oneLine }),
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
    flowName: css({ ...oneLine, flex: '1 1 40px', minWidth: 0, fontWeight: theme.typography.fontWeightMedium }),
    flowMark: css({ display: 'block', width: '100%', marginBottom: theme.spacing(0.5) }),
    flowNumbers: css({
      display: 'flex',
      alignItems: 'baseline',
      gap: theme.spacing(0, 1),
      fontSize: small,
      lineHeight: 1.5,
    }),
    flowLabel: css({ ...oneLine, flex: '1 1 60px', minWidth: 0, color: theme.colors.text.secondary }),
    flowRate: css({ fontWeight: theme.typography.fontWeightMedium, whiteSpace: 'nowrap' }),
    flowCount: css({ minWidth: '6ch', textAlign: 'right', whiteSpace: 'nowrap', color: theme.colors.text.secondary }),
    passage: css({ paddingBottom: theme.spacing(0.5), fontSize: small, color: theme.colors.text.secondary }),
  };
};

export const useFunnelStyles = (): ReturnType<typeof funnelStyles> => useStyles2(funnelStyles);
