import type { DataFrame, Field } from '@grafana/data';
import { fieldNamed, numberAt, textAt } from '../shared/fields.ts';
import type { Unreadable } from '../shared/unread.tsx';
import { NO_RATE, wilson, type Rate } from '../shared/wilson.ts';

/** One step of one funnel. */
export interface FunnelStep {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  readonly count: number;
  /** How many of the step before did not come; null at the first. */
  readonly dropped: number | null;
  readonly fromFirst: Rate;
  readonly fromPrevious: Rate;
  readonly seconds: {
    readonly medianFromFirst: number | null;
    readonly p90FromFirst: number | null;
    readonly medianFromPrevious: number | null;
    readonly p90FromPrevious: number | null;
  };
  /** Row of the frame, for data links; undefined for what the panel has added up. */
  readonly row: number | undefined;
}

/** The steps of one value of the breakdown, or of all together. */
export interface FunnelSeries {
  /** Null for all together. */
  readonly breakdown: string | null;
  readonly label: string;
  readonly kind: 'overall' | 'value' | 'other';
  readonly steps: readonly FunnelStep[];
}

export interface Funnel {
  readonly series: readonly FunnelSeries[];
  /** What is counted: users, sessions, … */
  readonly unit: string;
  readonly frame: DataFrame;
  readonly countField: Field;
  /** The result was cut by a limit. */
  readonly isTruncated: boolean;
}

/** What the panel makes of its data. */
export type FunnelReading = { readonly kind: 'funnel'; readonly funnel: Funnel } | Unreadable;

interface StoredMeta {
  truncated?: boolean;
  definition?: { steps?: { event?: string; name?: string }[]; unit?: unknown; order?: string };
}

/** Words for the label of a breakdown value: `""` is a property that is missing or empty. */
const labelOf = (breakdown: string): string => (breakdown === '' ? '(none)' : breakdown);

/**
 * Reads the frame that the analysis of funnels returns (README.md has its fields). Of these, `step` and `count` are
 * needed; rates and intervals that are missing are computed from the counts.
 *
 * @param maxSeries the most values of the breakdown that are shown; the rest is added up as "other"
 */
export function readFunnel(frames: readonly DataFrame[], maxSeries: number): FunnelReading {
  const withFields = frames.filter((frame) => frame.fields.length > 0);
  if (withFields.length === 0) return { kind: 'empty' };
  const frame = withFields.find(
    (item) => fieldNamed(item, 'step') !== undefined && fieldNamed(item, 'count') !== undefined,
  );
  const countField = frame === undefined ? undefined : fieldNamed(frame, 'count');
  if (frame === undefined || countField === undefined)
    return { kind: 'unfit', missing: 'a column "step" and a column "count"' };
  if (frame.length === 0) return { kind: 'empty' };
  const meta = (frame.meta?.custom ?? {}) as StoredMeta;
  const series = limited(readSeries(frame, countField, meta), maxSeries);
  if (series.length === 0) return { kind: 'unfit', missing: 'steps numbered from 1 with counts' };
  return {
    kind: 'funnel',
    funnel: { series, unit: unitOf(meta), frame, countField, isTruncated: meta.truncated === true },
  };
}

function unitOf({ definition }: StoredMeta): string {
  const unit = definition?.unit;
  if (unit === 'session') return 'sessions';
  if (typeof unit === 'object' && unit !== null && 'property' in unit) return `values of ${String(unit.property)}`;
  return unit === 'user' ? 'users' : 'units';
}

function readSeries(frame: DataFrame, countField: Field, meta: StoredMeta): FunnelSeries[] {
  const breakdownField = fieldNamed(frame, 'breakdown');
  const stepField = fieldNamed(frame, 'step');
  const eventField = fieldNamed(frame, 'name', 'event');
  const rowsOf = new Map<string | null, number[]>();
  for (let row = 0; row < frame.length; row++) {
    const breakdown = textAt(breakdownField, row);
    rowsOf.set(breakdown, [...(rowsOf.get(breakdown) ?? []), row]);
  }
  return [...rowsOf].flatMap(([breakdown, rows]) => {
    const ordered = rows
      .map((row) => ({ row, step: numberAt(stepField, row), count: numberAt(countField, row) }))
      .filter((item): item is { row: number; step: number; count: number } => item.step !== null && item.count !== null)
      .sort((a, b) => a.step - b.step);
    const [first] = ordered;
    if (first === undefined) return [];
    const steps = ordered.map(({ row, step, count }, index) =>
      readStep(frame, row, {
        number: step,
        name: meta.definition?.steps?.[step - 1]?.name ?? textAt(eventField, row) ?? `Step ${String(step)}`,
        count,
        first: first.count,
        previous: ordered[index - 1]?.count,
      }),
    );
    const kind = breakdown === null ? 'overall' : 'value';
    return [{ breakdown, label: breakdown === null ? 'All' : labelOf(breakdown), kind, steps } satisfies FunnelSeries];
  });
}

interface Counted {
  number: number;
  name: string;
  count: number;
  first: number;
  previous: number | undefined;
}

function readStep(frame: DataFrame, row: number, { number, name, count, first, previous }: Counted): FunnelStep {
  const read = (field: string): number | null => numberAt(fieldNamed(frame, field), row);
  const rate = (from: 'from_first' | 'from_previous', total: number): Rate => {
    const computed = wilson(count, total);
    if (total <= 0) return NO_RATE;
    return {
      value: read(from) ?? computed.value,
      low: read(`${from}_low`) ?? computed.low,
      high: read(`${from}_high`) ?? computed.high,
    };
  };
  return {
    number,
    name,
    count,
    dropped: previous === undefined ? null : previous - count,
    fromFirst: rate('from_first', first),
    fromPrevious: rate('from_previous', previous ?? first),
    seconds: {
      medianFromFirst: read('median_seconds_from_first'),
      p90FromFirst: read('p90_seconds_from_first'),
      medianFromPrevious: read('median_seconds_from_previous'),
      p90FromPrevious: read('p90_seconds_from_previous'),
    },
    row,
  };
}

/** Keeps the largest values of the breakdown, in the order of their size, and adds up the rest. */
function limited(series: readonly FunnelSeries[], maxSeries: number): FunnelSeries[] {
  const size = ({ steps }: FunnelSeries): number => steps[0]?.count ?? 0;
  const overall = series.filter(({ kind }) => kind === 'overall');
  const values = series.filter(({ kind }) => kind === 'value').sort((a, b) => size(b) - size(a));
  const rest = values.slice(maxSeries);
  return [...overall, ...values.slice(0, maxSeries), ...(rest.length > 0 ? [sumOf(rest)] : [])];
}

/** Several series as one. Counts add up; times do not, so there are none. */
function sumOf(series: readonly FunnelSeries[]): FunnelSeries {
  const counts = (series[0]?.steps ?? []).map((step, index) => ({
    step,
    count: series.reduce((sum, { steps }) => sum + (steps[index]?.count ?? 0), 0),
  }));
  const first = counts[0]?.count ?? 0;
  const steps = counts.map(({ step, count }, index): FunnelStep => {
    const previous = counts[index - 1]?.count;
    return {
      ...step,
      count,
      dropped: previous === undefined ? null : previous - count,
      fromFirst: wilson(count, first),
      fromPrevious: wilson(count, previous ?? first),
      seconds: { medianFromFirst: null, p90FromFirst: null, medianFromPrevious: null, p90FromPrevious: null },
      row: undefined,
    };
  });
  return { breakdown: null, label: `Other (${String(series.length)})`, kind: 'other', steps };
}
