import type { DataFrame, Field } from '@grafana/data';
import type { Bucket } from '../shared/columns/stack.ts';
import { fieldNamed, numberAt } from '../shared/fields.ts';
import { frameWith, metaOf } from '../shared/frame-meta.ts';
import { intervalOf, type Interval } from '../shared/time.ts';
import type { Unreadable } from '../shared/unread.tsx';

/** What users can be in an interval, from 0 upwards and, last, downwards. */
export const STATES = ['returning', 'resurrecting', 'new', 'dormant'] as const;
export type State = (typeof STATES)[number];

export interface Lifecycle {
  /** Values in the order of STATES. */
  readonly buckets: readonly Bucket[];
  readonly fields: Readonly<Record<State, Field>>;
  readonly interval: Interval;
  readonly timeZone: string | undefined;
  readonly completeUntil: number | undefined;
  readonly isTruncated: boolean;
}

export type LifecycleReading = { readonly kind: 'lifecycle'; readonly lifecycle: Lifecycle } | Unreadable;

interface StoredDefinition {
  interval: Interval;
}

/** Reads the frame that the analysis of lifecycles returns; README.md has its fields. */
export function readLifecycle(frames: readonly DataFrame[]): LifecycleReading {
  const withFields = frames.filter((item) => item.fields.length > 0);
  if (withFields.length === 0) return { kind: 'empty' };
  const frame = frameWith(withFields, ['time', ...STATES]);
  const fields = frame && fieldsOf(frame);
  if (frame === undefined || fields === undefined)
    return { kind: 'unfit', missing: 'columns "time", "new", "returning", "resurrecting" and "dormant"' };
  const timeField = fieldNamed(frame, 'time');
  const buckets: Bucket[] = [];
  for (let row = 0; row < frame.length; row++) {
    const start = numberAt(timeField, row);
    if (start === null) continue;
    buckets.push({
      start,
      // some write those who left as negative numbers
      values: STATES.map((state) => Math.abs(numberAt(fields[state], row) ?? 0)),
      sources: STATES.map((state) => ({ field: fields[state], row })),
    });
  }
  if (buckets.length === 0) return { kind: 'empty' };
  buckets.sort((a, b) => a.start - b.start);
  const { definition, timeZone, completeUntil, truncated } = metaOf<StoredDefinition>(frame);
  const interval = definition.interval ?? intervalOf(buckets.map(({ start }) => start));
  return {
    kind: 'lifecycle',
    lifecycle: { buckets, fields, interval, timeZone, completeUntil, isTruncated: truncated },
  };
}

function fieldsOf(frame: DataFrame): Lifecycle['fields'] | undefined {
  const [returning, resurrecting, fresh, dormant] = STATES.map((state) => fieldNamed(frame, state));
  return returning && resurrecting && fresh && dormant ? { returning, resurrecting, new: fresh, dormant } : undefined;
}

/** By how many the active users grew: those who came less those who went. */
export function growthOf({ values }: Pick<Bucket, 'values'>): number {
  const of = (state: State): number => values[STATES.indexOf(state)] ?? 0;
  return of('new') + of('resurrecting') - of('dormant');
}
