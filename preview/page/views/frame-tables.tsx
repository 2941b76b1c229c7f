import { css } from '@emotion/css';
import {
  type DataFrame,
  formattedValueToString,
  getFieldDisplayName,
  getFrameDisplayName,
  type Field,
  type GrafanaTheme2,
} from '@grafana/data';
import { Alert, useStyles2 } from '@grafana/ui';
import React from 'react';

/** More rows are not drawn: a plain table of thousands makes a page that no longer scrolls. */
const MOST_ROWS = 500;

/** Frames as plain tables, each with its name, for looking at data and not for show. */
export function FrameTables({ frames }: { frames: readonly DataFrame[] }) {
  if (frames.length === 0) return <p>No data</p>;
  return (
    <>
      {frames.map((frame, index) => (
        <FrameTable key={index} frame={frame} heading={frames.length > 1} />
      ))}
    </>
  );
}

/** One frame as a plain table. */
export function FrameTable({ frame, heading = false }: { frame: DataFrame; heading?: boolean }) {
  const styles = useStyles2(getStyles);
  const rows = Array.from({ length: Math.min(frame.length, MOST_ROWS) }, (_, row) => row);
  return (
    <>
      {heading && <h4 className={styles.heading}>{getFrameDisplayName(frame)}</h4>}
      <table className={styles.table}>
        <thead>
          <tr>
            {frame.fields.map((field, index) => (
              <th key={index} scope="col" className={alignment(field, styles)}>
                {getFieldDisplayName(field, frame)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              {frame.fields.map((field, index) => (
                <td key={index} className={alignment(field, styles)}>
                  {cellText(field, row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {frame.length > MOST_ROWS && (
        <Alert severity="info" title={`The first ${String(MOST_ROWS)} of ${String(frame.length)} rows`} />
      )}
    </>
  );
}

function cellText(field: Field, row: number): string {
  const value: unknown = field.values[row];
  if (value === null || value === undefined) return '';
  if (field.display) return formattedValueToString(field.display(value));
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const alignment = (field: Field, styles: ReturnType<typeof getStyles>): string =>
  field.type === 'number' ? styles.number : styles.text;

const getStyles = (theme: GrafanaTheme2) => ({
  heading: css({ margin: theme.spacing(2, 0, 1) }),
  table: css({
    width: '100%',
    borderCollapse: 'collapse',
    fontVariantNumeric: 'tabular-nums',
    '& th': { color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium },
    '& th, & td': {
      padding: theme.spacing(0.75, 1),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      whiteSpace: 'nowrap',
    },
  }),
  text: css({ textAlign: 'left' }),
  number: css({ textAlign: 'right' }),
});
