import { scaleLinear, type ScaleLinear } from 'd3-scale';

/** The axis that all lifts share. */
export interface LiftAxis {
  /** Share of the width at which a lift stands, from 0 to 1. */
  readonly at: (lift: number) => number;
  readonly ticks: readonly number[];
  /** Decimals that tell the ticks apart, in percent. */
  readonly decimals: number;
}

/** What of one row stands on the axis; null where there is nothing. */
export interface Extent {
  readonly low: number | null;
  readonly high: number | null;
  readonly sequentialLow: number | null;
  readonly sequentialHigh: number | null;
}

/** Room beyond the widest interval. */
const PADDING = 0.06;
/** A row so many times as wide as the middle one does not squeeze the others: it ends in an arrow. */
const WIDEST = 3;

/** An axis with 0 on it, wide enough for all intervals but a few very wide ones. */
export function liftAxis(rows: readonly Extent[], mostTicks: number): LiftAxis {
  const reach = (values: (number | null)[]): number => Math.max(0, ...values.map((value) => Math.abs(value ?? 0)));
  const reaches = rows
    .map(({ low, high, sequentialLow, sequentialHigh }) =>
      Math.max(reach([low, high]), Math.min(reach([sequentialLow, sequentialHigh]), 2 * reach([low, high]))),
    )
    .filter((value) => value > 0)
    .sort((a, b) => a - b);
  const most = WIDEST * (reaches[Math.floor((reaches.length - 1) / 2)] ?? 1);
  const ends = rows.flatMap(({ low, high, sequentialLow, sequentialHigh }) => [
    low,
    high,
    sequentialLow,
    sequentialHigh,
  ]);
  const known = ends.filter((value) => value !== null).map((value) => Math.max(-most, Math.min(value, most)));
  const low = Math.min(0, ...known);
  const high = Math.max(0, ...known);
  const span = high - low === 0 ? 0.1 : high - low;
  const scale: ScaleLinear<number, number> = scaleLinear()
    .domain([low - span * PADDING, high + span * PADDING])
    .range([0, 1]);
  const ticks = scale.ticks(Math.max(2, mostTicks));
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0);
  return { at: (lift) => scale(lift), ticks, decimals: Math.max(0, -Math.floor(Math.log10(step * 100) + 1e-9)) };
}
