import { css } from '@emotion/css';
import {
  type DataFrame,
  type Field,
  FieldType,
  formattedValueToString,
  getFieldDisplayName,
  getFieldSeriesColor,
  type GrafanaTheme2,
} from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { NoData } from './no-data.tsx';
import { type StandInProps } from './props.ts';

const shown = (field: Field, row: number): string => {
  const value: unknown = field.values[row];
  return field.display ? formattedValueToString(field.display(value)) : String(value);
};

/** The field whose values name the bars: the chosen one, else the first that is no number. */
const labelsOf = (frame: DataFrame, chosen: string | undefined): Field | undefined =>
  frame.fields.find((field) => getFieldDisplayName(field, frame) === chosen) ??
  frame.fields.find((field) => field.type !== FieldType.number);

/** Stand-in for Grafana's bar chart: a group of horizontal bars for each row of the first frame. */
export function BarChart({ data, options, width, height }: StandInProps) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const [frame] = data.series;
  const labels = frame && labelsOf(frame, options.xField);
  const numbers = frame?.fields.filter((field) => field.type === FieldType.number && field !== labels) ?? [];
  if (!frame || frame.length === 0 || numbers.length === 0) return <NoData />;
  const most = Math.max(...numbers.flatMap((field) => field.values.map(Number).filter(Number.isFinite)), 0);
  return (
    <div className={styles.scroll} style={{ width, height }} tabIndex={0} role="region" aria-label="Bars">
      <table className={styles.table}>
        <tbody>
          {Array.from({ length: frame.length }, (_, row) => (
            <tr key={row}>
              <th scope="row">{labels ? shown(labels, row) : row + 1}</th>
              <td className={styles.bars}>
                {numbers.map((field) => (
                  <div key={field.name} className={styles.line} title={getFieldDisplayName(field, frame, data.series)}>
                    <span
                      className={styles.bar}
                      style={{
                        width: `${String(most > 0 ? (100 * Math.max(0, Number(field.values[row]))) / most : 0)}%`,
                        background: getFieldSeriesColor(field, theme).color,
                      }}
                    />
                    <span className={styles.value}>{shown(field, row)}</span>
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflow: 'auto' }),
  table: css({
    width: '100%',
    '& th': {
      padding: theme.spacing(0.5, 1),
      textAlign: 'right',
      whiteSpace: 'nowrap',
      fontWeight: theme.typography.fontWeightRegular,
    },
  }),
  bars: css({ width: '100%', padding: theme.spacing(0.5, 0) }),
  line: css({ display: 'grid', gridTemplateColumns: '1fr auto', alignItems: 'center', gap: theme.spacing(1) }),
  bar: css({ display: 'block', height: 14, minWidth: 1, borderRadius: 2 }),
  value: css({ minWidth: 56, textAlign: 'right', fontVariantNumeric: 'tabular-nums' }),
});
