/** Random event logs that touch the edges of the contract. */
import fc from 'fast-check';
import type { Event, Scalar } from '../definition.ts';
import { BASES, CONTENTS, SESSIONS, TYPES, USERS, idOf, scalar } from './values.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Refunds are negative; a text is no amount, and more than six places do not fit the column. */
export const money = fc.constantFrom<Scalar>(
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

export const properties = fc.record(
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
const edge = fc.constantFrom(-1, 0, 0, 1, 1000, 1_799_999, 1_800_000, 1_800_001);
const far = fc
  .tuple(fc.constantFrom(0, 0, 1, 2, 6, 7, 8, 13, 29, 30, 45), fc.constantFrom(0, 0, 1, 12, 22, 23), edge)
  .map(([days, hours, milliseconds]) => days * DAY + hours * HOUR + milliseconds);
/** Half an hour after half an hour, to the millisecond: where sessions split and where they do not. */
const gaps = fc
  .tuple(fc.nat(8), edge)
  .map(([halves, milliseconds]) => halves * 1_800_000 + (milliseconds % 1000 === 0 ? 0 : milliseconds % 1000));
/** Often enough on most days for a user to be a keen one. */
const daily = fc.tuple(fc.nat(34), fc.constantFrom(0, 6, 22)).map(([days, hours]) => days * DAY + hours * HOUR);

const STYLES = { close, far, gaps, daily, mixed: fc.oneof(close, far) };

const SHORT = { minLength: 0, maxLength: 40 };
const LENGTHS = { close: SHORT, far: SHORT, gaps: SHORT, daily: { minLength: 40, maxLength: 80 }, mixed: SHORT };

const someUser = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...USERS.slice(0, 3)) },
  { weight: 1, arbitrary: fc.constantFrom(...USERS.slice(3)) },
);

const eventAfter = (base: number, offset: fc.Arbitrary<number>) =>
  fc.record({
    event_type: fc.constantFrom(...TYPES),
    user_id: someUser,
    session_id: fc.option(fc.constantFrom(...SESSIONS)),
    content_id: fc.option(fc.constantFrom(...CONTENTS)),
    timestamp: offset.map((milliseconds) => new Date(base + milliseconds).toISOString()),
    properties,
    /** Where in the order of arrival it stands: events come late and out of order. */
    rank: fc.nat(1000),
    /** What else arrives under the same id, before or after it. */
    again: fc.oneof(
      { weight: 6, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc.array(fc.record({ event_type: fc.constantFrom(...TYPES), properties, rank: fc.nat(1000) }), {
          minLength: 1,
          maxLength: 2,
        }),
      },
    ),
  });

const logFrom = (base: string, style: keyof typeof STYLES): fc.Arbitrary<Event[]> =>
  fc.array(eventAfter(Date.parse(base), STYLES[style]), { ...LENGTHS[style], size: 'max' }).map((events) =>
    events
      .flatMap(({ again, ...event }, index) =>
        [{}, ...again].map((more) => ({ ...event, ...more, event_id: idOf(index) })),
      )
      .sort((left, right) => left.rank - right.rank)
      .map(({ rank: _, ...event }) => event),
  );

/** A log, in the order of arrival. */
export const log: fc.Arbitrary<Event[]> = fc
  .tuple(fc.constantFrom(...BASES), fc.constantFrom(...(Object.keys(STYLES) as (keyof typeof STYLES)[])))
  .chain(([base, style]) => logFrom(base, style));

/** A log over five weeks. */
export const dailyLog: fc.Arbitrary<Event[]> = fc.constantFrom(...BASES).chain((base) => logFrom(base, 'daily'));

const few = fc.constantFrom<Scalar>('a', 'b', '');

/** Many users with few events each within few milliseconds: ties everywhere, and one query answers many small logs. */
export const denseLog: fc.Arbitrary<Event[]> = fc
  .tuple(
    fc.constantFrom(...BASES),
    fc.array(
      fc.record({
        event_type: fc.constantFrom(...TYPES.slice(0, 4)),
        user: fc.nat(14),
        session_id: fc.option(fc.constantFrom(...SESSIONS)),
        offset: fc.nat(8),
        properties: fc.record({ plan: few, country: few }, { requiredKeys: [] }),
      }),
      { maxLength: 150, size: 'max' },
    ),
  )
  .map(([base, events]) =>
    events.map(({ user, offset, properties: of, ...event }, index) => ({
      ...event,
      event_id: idOf(index),
      user_id: idOf(user),
      timestamp: new Date(Date.parse(base) + offset).toISOString(),
      properties: of as Record<string, Scalar>,
    })),
  );
