import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { oneLine } from '../shared/styles.ts';

const retentionStyles = (theme: GrafanaTheme2) => {
  const { colors } = theme;
  const hatch = `repeating-linear-gradient(-45deg, ${theme.isDark ? 'rgba(255,255,255,.16)' : 'rgba(0,0,0,.14)'} 0 1.5px, transparent 1.5px 6px)`;
  const focus = { outline: `2px solid ${colors.primary.border}`, outlineOffset: 1 } as const;
  return {
    box: css({ flex: 1, minWidth: 0, overflow: 'auto', fontSize: theme.typography.bodySmall.fontSize }),
    sheet: css({ minWidth: 'max-content' }),
    head: css({ position: 'sticky', top: 0, zIndex: 2, background: colors.background.primary }),
    row: css({ display: 'flex', gap: 2, paddingBottom: 2, fontVariantNumeric: 'tabular-nums' }),
    titles: css({ color: colors.text.secondary, alignItems: 'end' }),
    // Stays while the cells are scrolled.
    label: css({
      ...oneLine,
      position: 'sticky',
      left: 0,
      zIndex: 1,
      flex: 'none',
      alignSelf: 'stretch',
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      paddingRight: theme.spacing(0.5),
      background: colors.background.primary,
    }),
    size: css({ marginLeft: 'auto', paddingRight: theme.spacing(0.5), color: colors.text.secondary }),
    mean: css({ fontWeight: theme.typography.fontWeightMedium }),
    title: css({ flex: '1 0 0', textAlign: 'center', ...oneLine }),
    cell: css({
      flex: '1 0 0',
      display: 'grid',
      placeItems: 'center',
      borderRadius: 2,
      whiteSpace: 'nowrap',
      cursor: 'default',
      '&:hover': { outline: `1px solid ${colors.text.primary}` },
      '&:focus-visible': focus,
    }),
    // Its own color behind it: stripes do not cross a number.
    number: css({ backgroundColor: 'inherit', borderRadius: 2, padding: '0 3px' }),
    absent: css({ flex: '1 0 0' }),
    incomplete: css({ backgroundImage: hatch }),
    small: css({ background: colors.background.secondary, color: colors.text.secondary }),
    key: css({ display: 'inline-block', width: 14, height: 10, borderRadius: 2 }),
    ramp: css({ width: 64 }),
    svg: css({
      display: 'block',
      circle: {
        cursor: 'default',
        '&:focus-visible': { outline: 'none', stroke: colors.primary.border, strokeWidth: 3 },
      },
    }),
  };
};

export const useRetentionStyles = (): ReturnType<typeof retentionStyles> => useStyles2(retentionStyles);
