import React from 'react';
import { percent } from '../shared/format.ts';
import type { FunnelSeries } from './model.ts';
import { useFunnelStyles } from './styles.ts';

interface Props {
  readonly series: readonly FunnelSeries[];
  readonly colors: readonly string[];
}

/** Which color is which value, with the conversion of the whole funnel. */
export function Legend({ series, colors }: Props) {
  const styles = useFunnelStyles();
  return (
    <ul className={styles.legend} aria-label="Legend">
      {series.map((item, index) => (
        <li key={`${item.kind} ${item.label}`} title={item.label}>
          <span className={styles.swatch} style={{ background: colors[index] }} />
          <span className={styles.legendLabel}>{item.label}</span>
          <span className={styles.muted}>{percent(item.steps.at(-1)?.fromFirst.value)}</span>
        </li>
      ))}
    </ul>
  );
}
