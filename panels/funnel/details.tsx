import React from 'react';
import { duration, percent, percentRange } from '../shared/format.ts';
import type { FunnelSeries, FunnelStep } from './model.ts';
import { useFunnelStyles } from './styles.ts';
import type { CountText } from './words.ts';

interface Props {
  readonly step: FunnelStep;
  readonly series: FunnelSeries;
  readonly color: string;
  readonly unit: string;
  readonly count: CountText;
}

/** All numbers of one step: the content of the tooltip. */
export function StepDetails({ step, series, color, unit, count }: Props) {
  const styles = useFunnelStyles();
  const { fromFirst, fromPrevious, seconds } = step;
  const isFirst = step.number === 1;
  const rows: (readonly [label: string, value: string, note?: string])[] = [[`Count of ${unit}`, count(step.count)]];
  if (!isFirst) {
    rows.push(
      ['Of the first step', percent(fromFirst.value), percentRange(fromFirst.low, fromFirst.high)],
      ['Of the step before', percent(fromPrevious.value), percentRange(fromPrevious.low, fromPrevious.high)],
    );
    if (step.dropped !== null) rows.push(['Lost since then', count(step.dropped)]);
    if (seconds.medianFromPrevious !== null)
      rows.push([
        'Median since then',
        duration(seconds.medianFromPrevious),
        `90 %: ${duration(seconds.p90FromPrevious)}`,
      ]);
    if (seconds.medianFromFirst !== null)
      rows.push([
        'Median since the first',
        duration(seconds.medianFromFirst),
        `90 %: ${duration(seconds.p90FromFirst)}`,
      ]);
  }
  return (
    <>
      <div className={styles.detailsTitle}>
        <span className={styles.swatch} style={{ background: color }} />
        {step.number}. {step.name}
        {series.kind !== 'overall' && <span className={styles.muted}>&nbsp;· {series.label}</span>}
      </div>
      <table className={styles.details}>
        <tbody>
          {rows.map(([label, value, note]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{value}</td>
              <td className={styles.muted}>{note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
