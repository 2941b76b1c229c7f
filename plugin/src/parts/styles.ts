import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/** What the pages of the app share. */
export const pageStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'grid', gap: theme.spacing(3), gridTemplateColumns: 'minmax(0, 1fr)' }),
  section: css({
    display: 'grid',
    gap: theme.spacing(1.5),
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
  }),
  heading: css({ margin: 0, fontSize: theme.typography.h4.fontSize }),
  bar: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 2), alignItems: 'end' }),
  note: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
  box: css({
    padding: theme.spacing(2),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.primary,
  }),
  code: css({ fontFamily: theme.typography.fontFamilyMonospace, fontSize: theme.typography.bodySmall.fontSize }),
  tableBox: css({ overflowX: 'auto' }),
  table: css({
    width: '100%',
    fontSize: theme.typography.bodySmall.fontSize,
    borderCollapse: 'collapse',
    'th, td': {
      padding: theme.spacing(0.75, 1.5, 0.75, 0),
      textAlign: 'left',
      verticalAlign: 'top',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    },
    th: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightMedium, whiteSpace: 'nowrap' },
    'tbody tr:hover': { background: theme.colors.action.hover },
    'tbody tr[aria-current=true]': { background: theme.colors.action.selected },
  }),
  number: css({
    'table &&': { textAlign: 'right', paddingRight: theme.spacing(3) },
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  }),
  time: css({ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }),
});
