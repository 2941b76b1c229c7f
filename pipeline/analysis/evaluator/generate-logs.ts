/** Random event logs that touch the edges of the contract. */
import fc from 'fast-check';
import type { Event, Scalar } from './definition.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Evenings before clocks change in Berlin, Beirut (at midnight), Santiago (at midnight, backwards) and New York. */
export const BASES = [
  '2026-03-28T00:00:00.000Z',
  '2026-04-04T12:00:00.000Z',
  '2026-10-24T22:30:00.000Z',
  '2026-10-31T23:59:59.999Z',
];

export const USERS = [
  '00000000-0000-4000-8000-00000000000b',
  'ffffffff-0000-4000-8000-00000000000a',
  '0fffffff-ffff-4fff-bfff-ffffffffffff',
];
export const TYPES = ['a', 'b', 'c', 'purchase', 'content_view', 'video_progress'];
export const SESSIONS = ['s1', 's2', '', 'ü\t'];
export const CONTENTS = ['c1', 'C1', '', 'ｆilm 🎬', '￿'];

export const TEXTS = [
  '',
  '1',
  '1.5',
  '10',
  'true',
  'null',
  'ä',
  'Ä',
  '😀',
  '￿',
  "'; DROP TABLE events; --",
  'a\nb',
  'a\tb',
  '\\',
  '%_',
];
/** Values of the same look and of different types. */
export const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  fc.constantFrom<Scalar>('1', 1, true, 'true', '', 1.5, '1.5', 9, '10', false, 0, -1),
  fc.constantFrom(...TEXTS),
);
const money = fc.constantFrom<Scalar>(
  10,
  0,
  -5,
  12.34,
  0.1,
  0.2,
  99.999999,
  -0.000001,
  0.1234567,
  '12',
  1_000_000_000.01,
);
const seconds = fc.constantFrom<Scalar>(0, 1, 8.1, 9, 9.01, 10, 90, 100, 0.3, 0.27, '9', -1);

const properties = fc.record(
  {
    device: scalar,
    country: fc.constantFrom<Scalar>('DE', 'US', ''),
    plan: scalar,
    'the.key ü': scalar,
    amount: money,
    currency: fc.constantFrom<Scalar>('EUR', 'USD', '', 1),
    order_id: fc.constantFrom<Scalar>('o1', 'o2', '1', 1),
    watch_time_seconds: seconds,
    duration_seconds: seconds,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Record<string, Scalar>>;

/** Milliseconds after the base: few values, so that ties, boundary gaps and calendar edges are common. */
const close = fc.constantFrom(0, 0, 1, 2, 999, 1000, 1001, 5000, 10_000);
const far = fc
  .tuple(
    fc.constantFrom(0, 0, 1, 2, 6, 7, 8, 13, 29, 30, 45),
    fc.constantFrom(0, 0, 1, 12, 22, 23),
    fc.constantFrom(-1, 0, 0, 1, 1000, 1_799_999, 1_800_000, 1_800_001),
  )
  .map(([days, hours, milliseconds]) => days * DAY + hours * HOUR + milliseconds);

/**
 * Gives a purchase without a numeric amount the amount 0. The contract leaves open whether an interval and currency with
 * no other purchase has a row of zeros (the evaluator) or none (the compiled query).
 */
function withAmount<T extends { event_type: string; properties: Record<string, Scalar> }>(event: T): T {
  if (event.event_type !== 'purchase' || typeof event.properties['amount'] === 'number') return event;
  return { ...event, properties: { ...event.properties, amount: 0 } };
}

const eventAfter = (base: number, offset: fc.Arbitrary<number>) =>
  fc.record({
    event_type: fc.constantFrom(...TYPES),
    user_id: fc.constantFrom(...USERS),
    session_id: fc.option(fc.constantFrom(...SESSIONS)),
    content_id: fc.option(fc.constantFrom(...CONTENTS)),
    timestamp: offset.map((milliseconds) => new Date(base + milliseconds).toISOString()),
    properties,
    /** What arrives later under the same id, if anything does. */
    again: fc.option(fc.record({ event_type: fc.constantFrom(...TYPES), properties }), { freq: 6 }),
  });

/** A UUID whose halves order differently, since engines do not all compare UUIDs as text. */
function idOf(index: number): string {
  const hex = (number: number, length: number): string => (number % 16 ** length).toString(16).padStart(length, '0');
  return `${hex(index * 2_654_435_761, 8)}-0000-4000-8000-${hex((index + 1) * 40_503_000_000_007, 12)}`;
}

/** Events in the order of arrival; `_arrival` tells it to the engine. */
export type Arrival = Event & { readonly _arrival: number };

const logFrom = (base: string): fc.Arbitrary<Arrival[]> =>
  fc
    .oneof(close, far, fc.constant(undefined))
    .chain((style) => {
      const offset = style === undefined ? fc.oneof(close, far) : style < DAY ? close : far;
      return fc.array(eventAfter(Date.parse(base), offset), { maxLength: 40, size: 'max' });
    })
    .map((events) => {
      const first = events.map(({ again: _, ...event }, index) => ({ ...event, event_id: idOf(index) }));
      const later = events.flatMap(({ again, ...event }, index) =>
        again === null ? [] : [{ ...event, ...again, event_id: idOf(index) }],
      );
      // The stored version is larger the earlier an event arrived: the largest is kept.
      return [...first, ...later].map((event, index) => ({ ...withAmount(event), _arrival: 1000 - index }));
    });

/** A log, in the order of arrival. */
export const log: fc.Arbitrary<Arrival[]> = fc.constantFrom(...BASES).chain(logFrom);
