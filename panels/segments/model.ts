import type { DataFrame, Field } from '@grafana/data';
import type { Bucket } from '../shared/columns/stack.ts';
import { fieldNamed, numberAt, textAt } from '../shared/fields.ts';
import { frameWith, metaOf } from '../shared/frame-meta.ts';
import { intervalOf, type Interval } from '../shared/time.ts';
import type { Unreadable } from '../shared/unread.tsx';

export interface Segments {
  /** Names of the segments, from the bottom upwards. */
  readonly names: readonly string[];
  /** Values in the order of the names. */
  readonly buckets: readonly Bucket[];
  readonly usersField: Field;
  readonly interval: Interval;
  readonly timeZone: string | undefined;
  readonly completeUntil: number | undefined;
  readonly isTruncated: boolean;
}

export type SegmentsReading = { readonly kind: 'segments'; readonly segments: Segments } | Unreadable;

/** The segments of the analysis, the most active at the bottom; others follow in the order of the data. */
const ORDER = ['power', 'casual', 'new', 'churn_risk'];

/** Reads the frame that the analysis of segments returns; README.md has its fields. */
export function readSegments(frames: readonly DataFrame[]): SegmentsReading {
  const withFields = frames.filter((item) => item.fields.length > 0);
  if (withFields.length === 0) return { kind: 'empty' };
  const frame = frameWith(withFields, ['time', 'segment', 'users']);
  const usersField = frame && fieldNamed(frame, 'users');
  if (frame === undefined || usersField === undefined)
    return { kind: 'unfit', missing: 'columns "time", "segment" and "users"' };
  const names = namesOf(frame);
  const buckets = bucketsOf(frame, names, usersField);
  if (buckets.length === 0) return { kind: 'empty' };
  const { timeZone, completeUntil, truncated } = metaOf(frame);
  const interval = intervalOf(buckets.map(({ start }) => start));
  return {
    kind: 'segments',
    segments: { names, buckets, usersField, interval, timeZone, completeUntil, isTruncated: truncated },
  };
}

function namesOf(frame: DataFrame): string[] {
  const field = fieldNamed(frame, 'segment');
  const found = new Set<string>();
  for (let row = 0; row < frame.length; row++) found.add(textAt(field, row) ?? '');
  return [...ORDER.filter((name) => found.has(name)), ...[...found].filter((name) => !ORDER.includes(name))];
}

function bucketsOf(frame: DataFrame, names: readonly string[], usersField: Field): Bucket[] {
  const [timeField, segmentField] = [fieldNamed(frame, 'time'), fieldNamed(frame, 'segment')];
  const positions = new Map(names.map((name, index) => [name, index]));
  const byStart = new Map<number, { values: number[]; sources: { field: Field; row: number }[] }>();
  for (let row = 0; row < frame.length; row++) {
    const start = numberAt(timeField, row);
    const at = positions.get(textAt(segmentField, row) ?? '');
    if (start === null || at === undefined) continue;
    let bucket = byStart.get(start);
    if (bucket === undefined) {
      bucket = { values: names.map(() => 0), sources: [] };
      byStart.set(start, bucket);
    }
    bucket.values[at] = numberAt(usersField, row) ?? 0;
    bucket.sources.push({ field: usersField, row });
  }
  return [...byStart].map(([start, own]) => ({ start, ...own })).sort((a, b) => a.start - b.start);
}

/** A segment as it is now. */
export interface Size {
  readonly name: string;
  readonly users: number;
  /** Of all users; null without users. */
  readonly share: number | null;
  /** Relative to a week before; null where that is not known or was 0. */
  readonly change: number | null;
}

const WEEK_MS = 7 * 86_400_000;
/** Clocks that change move a day by an hour. */
const TOLERANCE_MS = 2 * 3_600_000;

/** The newest sizes, and how they changed within a week. */
export function newestSizes({ names, buckets }: Segments): Size[] {
  const newest = buckets.at(-1);
  if (newest === undefined) return [];
  const before = buckets.find(({ start }) => Math.abs(newest.start - WEEK_MS - start) <= TOLERANCE_MS);
  const all = newest.values.reduce((sum, value) => sum + value, 0);
  return names.map((name, at) => {
    const users = newest.values[at] ?? 0;
    const earlier = before?.values[at] ?? 0;
    return { name, users, share: all === 0 ? null : users / all, change: earlier === 0 ? null : users / earlier - 1 };
  });
}

/** A name as people write it: churn_risk is "Churn risk". */
export function segmentLabel(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words === '' ? '(none)' : words.charAt(0).toUpperCase() + words.slice(1);
}
