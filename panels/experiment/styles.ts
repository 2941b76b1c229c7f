import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { oneLine } from '../shared/styles.ts';

const experimentStyles = (theme: GrafanaTheme2) => {
  const small = theme.typography.bodySmall.fontSize;
  const { colors } = theme;
  const arrow = { position: 'absolute', top: 'calc(50% - 5px)', border: '5px solid transparent' } as const;
  const pill = {
    flex: 'none',
    padding: theme.spacing(0.25, 1),
    borderRadius: 20,
    fontWeight: theme.typography.fontWeightMedium,
    whiteSpace: 'nowrap',
  } as const;
  const strong = (color: GrafanaTheme2['colors']['success']) =>
    css({ ...pill, background: color.main, color: color.contrastText });
  return {
    head: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(0.5, 2), flex: 'none' }),
    verdicts: css({
      flex: '1 1 220px',
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(0.5),
      minWidth: 0,
    }),
    verdict: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.25, 1),
      fontSize: small,
    }),
    reason: css({ flex: '1 1 140px', minWidth: 0 }),
    ship: strong(colors.success),
    stop: strong(colors.error),
    waiting: css({ ...pill, background: colors.background.secondary, border: `1px solid ${colors.border.strong}` }),
    banner: css({
      flex: 'none',
      padding: theme.spacing(0.75, 1.5),
      borderLeft: `4px solid ${colors.error.border}`,
      borderRadius: theme.shape.borderRadius(1),
      background: colors.error.transparent,
    }),

    list: css({ flex: 1, minWidth: 0 }),
    // One template for all lines, so that columns stand below each other.
    line: css({
      display: 'grid',
      alignItems: 'center',
      gap: theme.spacing(0.25, 2),
      padding: theme.spacing(0.75, 0),
      borderBottom: `1px solid ${colors.border.weak}`,
      lineHeight: 1.35,
    }),
    mark: css({
      cursor: 'default',
      '&:hover': { background: colors.action.hover },
      '&:focus-visible': { outline: `2px solid ${colors.primary.border}`, outlineOffset: -2 },
    }),
    columns: css({
      position: 'sticky',
      top: 0,
      zIndex: 3,
      background: colors.background.primary,
      color: colors.text.secondary,
      fontSize: small,
      paddingBottom: theme.spacing(0.25),
    }),
    group: css({
      padding: theme.spacing(1.5, 0, 0.25),
      color: colors.text.secondary,
      fontSize: small,
      fontWeight: theme.typography.fontWeightMedium,
    }),
    cell: css({ display: 'flex', flexDirection: 'column', minWidth: 0, fontVariantNumeric: 'tabular-nums' }),
    name: css({ fontWeight: theme.typography.fontWeightMedium, overflowWrap: 'anywhere' }),
    small: css({ fontSize: small, color: colors.text.secondary }),
    nowrap: css({ ...oneLine }),
    lift: css({ fontWeight: theme.typography.fontWeightMedium, whiteSpace: 'nowrap' }),
    betterText: css({ color: colors.success.text }),
    worseText: css({ color: colors.error.text }),
    narrowTop: css({ display: 'flex', alignItems: 'baseline', justifyContent: 'space-between', gap: theme.spacing(1) }),

    track: css({ position: 'relative', display: 'block', height: 30, overflow: 'hidden' }),
    axis: css({ position: 'relative', height: 18, overflow: 'hidden' }),
    axisLabel: css({ position: 'absolute', transform: 'translateX(-50%)', whiteSpace: 'nowrap' }),
    tick: css({ position: 'absolute', top: 0, bottom: 0, width: 1, background: colors.border.weak }),
    zero: css({ background: colors.text.secondary, marginLeft: -0.5, width: 1.5 }),
    band: css({ position: 'absolute', top: 6, bottom: 6, borderRadius: 3, opacity: 0.25 }),
    interval: css({ position: 'absolute', top: 11, bottom: 11, minWidth: 2, borderRadius: 4 }),
    better: css({ background: colors.success.main, color: colors.success.main }),
    worse: css({ background: colors.error.main, color: colors.error.main }),
    unclear: css({ background: colors.text.secondary, color: colors.text.secondary }),
    point: css({
      position: 'absolute',
      top: '50%',
      transform: 'translate(-50%, -50%)',
      fontSize: 13,
      lineHeight: 1,
      color: colors.text.maxContrast,
      textShadow: [
        `0 0 2px ${colors.background.primary}`,
        `0 0 2px ${colors.background.primary}`,
        `0 0 3px ${colors.background.primary}`,
      ].join(','),
    }),
    beyondLeft: css({ ...arrow, left: -1, borderRightColor: colors.text.primary, borderLeftWidth: 0 }),
    beyondRight: css({ ...arrow, right: -1, borderLeftColor: colors.text.primary, borderRightWidth: 0 }),

    progress: css({
      position: 'relative',
      height: 5,
      marginBottom: 3,
      borderRadius: 3,
      overflow: 'hidden',
      background: colors.border.medium,
    }),
    progressFill: css({ position: 'absolute', inset: 0, right: 'auto', background: colors.primary.main }),
  };
};

export const useExperimentStyles = (): ReturnType<typeof experimentStyles> => useStyles2(experimentStyles);
