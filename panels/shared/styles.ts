import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

/** One line of text that ends in an ellipsis where there is no room. */
export const oneLine = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;

/** What all panels look like: frame, notes, legend, table, details of a mark. */
export const panelStyles = (theme: GrafanaTheme2) => {
  const small = theme.typography.bodySmall.fontSize;
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
    note: css({ margin: 0, color: theme.colors.text.secondary, fontSize: small }),
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
      flex: 'none',
      li: { display: 'flex', alignItems: 'center', gap: theme.spacing(0.5), maxWidth: '100%' },
    }),
    legendLabel: css({ ...oneLine, maxWidth: 180 }),

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
        zIndex: 1,
        background: theme.colors.background.primary,
        color: theme.colors.text.secondary,
      },
      '[data-text]': { textAlign: 'left' },
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
      'td:last-child': { paddingRight: 0 },
    }),
    detailsLinks: css({
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(0.5),
      marginTop: theme.spacing(0.75),
      paddingTop: theme.spacing(0.75),
      borderTop: `1px solid ${theme.colors.border.weak}`,
    }),
  };
};

export const usePanelStyles = (): ReturnType<typeof panelStyles> => useStyles2(panelStyles);
