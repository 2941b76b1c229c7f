import type { DataFrame, Field } from '@grafana/data';
import { fieldNamed, numberAt, textAt } from '../shared/fields.ts';
import { frameWith, metaOf } from '../shared/frame-meta.ts';
import type { Unreadable } from '../shared/unread.tsx';
import { wilson, type Rate } from '../shared/wilson.ts';

/** A cohort in one period. */
export interface Cell {
  readonly count: number;
  /** Users that could have come back: in the row of means, those of the cohorts that are that old. */
  readonly size: number;
  readonly rate: Rate;
  /** The period has ended; else the rate may still grow. */
  readonly isComplete: boolean;
  readonly row: number;
}

export interface Cohort {
  /** Start in milliseconds, or a text where it is no time; null for all together. */
  readonly start: number | string | null;
  readonly size: number;
  /** By the position of the period; undefined where the cohort is not that old. */
  readonly cells: readonly (Cell | undefined)[];
}

/** A period after the start: n, or the days of a bracket. */
export interface Period {
  readonly key: string;
  /** `3`, or `8–14`. */
  readonly label: string;
  readonly isFirst: boolean;
}

export interface Retention {
  readonly periods: readonly Period[];
  /** Oldest first, without the pooled one. */
  readonly cohorts: readonly Cohort[];
  /** All cohorts together, weighted by their sizes. */
  readonly pooled: Cohort | undefined;
  readonly unit: 'day' | 'week' | 'month' | undefined;
  readonly timeZone: string | undefined;
  readonly countField: Field;
  readonly isTruncated: boolean;
}

export type RetentionReading = { readonly kind: 'retention'; readonly retention: Retention } | Unreadable;

interface StoredDefinition {
  period: 'day' | 'week' | 'month';
}

/** Reads the frame that the analysis of retention returns; README.md has its fields. */
export function readRetention(frames: readonly DataFrame[]): RetentionReading {
  const withFields = frames.filter((frame) => frame.fields.length > 0);
  if (withFields.length === 0) return { kind: 'empty' };
  const frame =
    frameWith(withFields, ['cohort', 'period', 'count', 'size']) ??
    frameWith(withFields, ['cohort', 'from_day', 'to_day', 'count', 'size']);
  const countField = frame && fieldNamed(frame, 'count');
  if (frame === undefined || countField === undefined)
    return { kind: 'unfit', missing: 'columns "cohort", "size", "period" (or "from_day" and "to_day") and "count"' };
  const periods = readPeriods(frame);
  const cohorts = readCohorts(frame, periods.of, periods.all.length);
  if (cohorts.length === 0) return { kind: 'empty' };
  const { definition, timeZone, truncated } = metaOf<StoredDefinition>(frame);
  const brackets = fieldNamed(frame, 'period') === undefined;
  const retention: Retention = {
    periods: periods.all,
    cohorts: cohorts.filter(({ start }) => start !== null),
    pooled: cohorts.find(({ start }) => start === null),
    unit: brackets ? 'day' : definition.period,
    timeZone,
    countField,
    isTruncated: truncated,
  };
  return { kind: 'retention', retention };
}

/** All periods in their order, and which of them each row is about. */
function readPeriods(frame: DataFrame): { all: Period[]; of: (row: number) => number } {
  const [period, from, to] = [fieldNamed(frame, 'period'), fieldNamed(frame, 'from_day'), fieldNamed(frame, 'to_day')];
  const keyOf = (row: number): string =>
    period === undefined
      ? `${String(numberAt(from, row))}–${String(numberAt(to, row))}`
      : String(numberAt(period, row));
  const starts = new Map<string, number>();
  for (let row = 0; row < frame.length; row++) {
    const start = numberAt(period ?? from, row);
    if (start !== null) starts.set(keyOf(row), start);
  }
  const all = [...starts]
    .sort(([, a], [, b]) => a - b)
    .map(([key, start]): Period => ({ key, label: key, isFirst: period !== undefined && start === 0 }));
  const positions = new Map(all.map(({ key }, index) => [key, index]));
  return { all, of: (row) => positions.get(keyOf(row)) ?? -1 };
}

function readCohorts(frame: DataFrame, periodOf: (row: number) => number, periods: number): Cohort[] {
  const cohortField = fieldNamed(frame, 'cohort');
  const byStart = new Map<number | string | null, { size: number; cells: (Cell | undefined)[] }>();
  const read = cellReader(frame);
  for (let row = 0; row < frame.length; row++) {
    const start = startAt(cohortField, row);
    const at = periodOf(row);
    const cell = read(row);
    if (at < 0 || cell === undefined) continue;
    let cohort = byStart.get(start);
    if (cohort === undefined) {
      cohort = { size: 0, cells: Array.from({ length: periods }, () => undefined) };
      byStart.set(start, cohort);
    }
    cohort.cells[at] = cell;
    cohort.size = Math.max(cohort.size, cell.size);
  }
  return [...byStart].map(([start, cohort]) => ({ start, ...cohort })).sort((a, b) => compare(a.start, b.start));
}

function startAt(field: Field | undefined, row: number): number | string | null {
  const value: unknown = field?.values[row];
  if (typeof value === 'number') return value;
  const text = textAt(field, row);
  const time = text === null ? NaN : Date.parse(text);
  return Number.isFinite(time) ? time : text;
}

const compare = (a: Cohort['start'], b: Cohort['start']): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1;

function cellReader(frame: DataFrame): (row: number) => Cell | undefined {
  const field = (name: string): Field | undefined => fieldNamed(frame, name);
  const [countField, sizeField, completeField] = [field('count'), field('size'), field('complete')];
  const [rateField, lowField, highField] = [field('rate'), field('rate_low'), field('rate_high')];
  return (row) => {
    const [count, size] = [numberAt(countField, row), numberAt(sizeField, row)];
    if (count === null || size === null) return undefined;
    const computed = wilson(count, size);
    const rate = {
      value: numberAt(rateField, row) ?? computed.value,
      low: numberAt(lowField, row) ?? computed.low,
      high: numberAt(highField, row) ?? computed.high,
    };
    return { count, size, rate, isComplete: completeField?.values[row] !== false, row };
  };
}

/**
 * The highest rate that colors have to tell apart. Period 0 does not count: there it is 1 by definition, or nearly so.
 */
export function highestRate({ periods, cohorts }: Retention, leastSize: number): number {
  let highest = 0;
  for (const { size, cells } of cohorts) {
    if (size < leastSize) continue;
    cells.forEach((cell, at) => {
      if (periods[at]?.isFirst !== true) highest = Math.max(highest, cell?.rate.value ?? 0);
    });
  }
  return highest === 0 ? 1 : highest;
}
