import type { Field } from '@grafana/data';
import { endOf, type Interval } from '../time.ts';

/** What is stacked: a kind of users, with a color. */
export interface Layer {
  readonly key: string;
  readonly label: string;
  readonly color: string;
  /** Drawn below 0. */
  readonly isNegative: boolean;
}

/** A bucket of time with the value of each layer. */
export interface Bucket {
  /** In milliseconds. */
  readonly start: number;
  /** By the position of the layer; not negative. */
  readonly values: readonly number[];
  /** Rows of the frame that the values are from, for data links. */
  readonly sources: readonly { readonly field: Field; readonly row: number }[];
}

/** Stacked columns over time. */
export interface Columns {
  readonly layers: readonly Layer[];
  /** Oldest first. */
  readonly buckets: readonly Bucket[];
  readonly interval: Interval;
}

/** From where to where a layer reaches in one bucket. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Stretches of all layers in a bucket: those above 0 stand on each other, those below hang from each other. */
export function stretchesOf(layers: readonly Layer[], values: readonly number[]): Stretch[] {
  let [above, below] = [0, 0];
  return layers.map(({ isNegative }, index) => {
    const value = values[index] ?? 0;
    if (isNegative) {
      below -= value;
      return { from: below, to: below + value };
    }
    above += value;
    return { from: above - value, to: above };
  });
}

/** How far the highest and the lowest column reach. */
export function extentOf({ layers, buckets }: Pick<Columns, 'layers' | 'buckets'>): [low: number, high: number] {
  let [low, high] = [0, 0];
  for (const { values } of buckets)
    for (const { from, to } of stretchesOf(layers, values)) {
      low = Math.min(low, from);
      high = Math.max(high, to);
    }
  return low === 0 && high === 0 ? [0, 1] : [low, high];
}

/**
 * The first bucket that is not complete: it ends after the data does. The number of all buckets if all are complete.
 * @param until when the data is complete, in milliseconds
 */
export function firstIncomplete({ buckets, interval }: Columns, until: number): number {
  const index = buckets.findIndex(({ start }, at) => endOf(start, interval, buckets[at + 1]?.start) > until);
  return index === -1 ? buckets.length : index;
}
