import { cx } from '@emotion/css';
import React from 'react';
import type { LiftAxis } from './axis.ts';
import { useExperimentStyles } from './styles.ts';
import { directionOf } from './verdict.ts';
import type { Line } from './view.ts';

interface Props {
  readonly line: Line;
  readonly axis: LiftAxis;
  readonly showSequential: boolean;
}

const share = (value: number): string => `${(value * 100).toFixed(3)}%`;
const inside = (value: number): number => Math.max(0, Math.min(1, value));

/** The lift of a line on the axis: its interval, the sequential one as a lighter band behind it, and the line at 0. */
export function Interval({ line: { metric, comparison, lift }, axis, showSequential }: Props) {
  const styles = useExperimentStyles();
  const direction = directionOf(metric, lift.low, lift.high);
  const { low, high } = comparison.sequentialLift;
  return (
    <span className={styles.track} aria-hidden="true">
      {axis.ticks.map((tick) => (
        <span
          key={tick}
          className={cx(styles.tick, tick === 0 && styles.zero)}
          style={{ left: share(axis.at(tick)) }}
        />
      ))}
      {showSequential && low !== null && high !== null && (
        <Band className={cx(styles.band, styles[direction])} from={axis.at(low)} to={axis.at(high)} />
      )}
      {lift.low !== null && lift.high !== null && (
        <Band className={cx(styles.interval, styles[direction])} from={axis.at(lift.low)} to={axis.at(lift.high)} />
      )}
      {lift.value !== null && axis.at(lift.value) >= 0 && axis.at(lift.value) <= 1 && (
        <span className={styles.point} style={{ left: share(axis.at(lift.value)) }}>
          {direction === 'unclear' ? '●' : lift.value > 0 ? '▲' : '▼'}
        </span>
      )}
    </span>
  );
}

/** A stretch of the axis; an end beyond the axis is an arrow. */
function Band({ className, from, to }: { readonly className: string; readonly from: number; readonly to: number }) {
  const styles = useExperimentStyles();
  return (
    <span className={className} style={{ left: share(inside(from)), width: share(inside(to) - inside(from)) }}>
      {from < 0 && <span className={styles.beyondLeft} />}
      {to > 1 && <span className={styles.beyondRight} />}
    </span>
  );
}
