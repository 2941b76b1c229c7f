/** Parts that random definitions share: filters, times, the fields of every definition. */
import fc from 'fast-check';
import { BASES, CONTENTS, SESSIONS, TEXTS, TYPES, USERS, ZONES, scalar } from './values.ts';

const DAY = 86_400_000;
const KEYS = [
  'device',
  'country',
  'plan',
  'the.key ü',
  'amount',
  'watch_time_seconds',
  'order_id',
  'session_id',
  'content_id',
  'event_type',
  'absent',
];
const PATTERNS = [
  'a.b',
  '^1',
  '(?i)ä',
  String.raw`\d+`,
  '.',
  '$',
  '',
  'a|b',
  '[[:alpha:]]',
  String.raw`^\W$`,
  String.raw`\\`,
  '(?s)a.b',
  '^$',
];

export const property = fc.constantFrom(...KEYS);
const text = fc.constantFrom(...TEXTS, ...SESSIONS, ...CONTENTS, ...TYPES);
const value = fc.oneof(scalar, text, fc.constantFrom(10, 0.1, 12.34, 99.999999, 0.1234567, 8.1));

const condition = fc.oneof(
  fc.record({ property, op: fc.constantFrom('eq', 'neq'), value }),
  // An order of true and false is refused.
  fc.record({
    property,
    op: fc.constantFrom('gt', 'gte', 'lt', 'lte'),
    value: value.filter((of) => typeof of !== 'boolean'),
  }),
  fc.record({ property, op: fc.constantFrom('in', 'not_in'), value: fc.array(value, { minLength: 1, maxLength: 4 }) }),
  fc.record({ property, op: fc.constantFrom('contains', 'not_contains', 'starts_with'), value: text }),
  fc.record({ property, op: fc.constant('matches'), value: fc.constantFrom(...PATTERNS) }),
  fc.record({ property, op: fc.constantFrom('exists', 'not_exists') }),
  fc.record({ property: fc.constant('user_id'), op: fc.constantFrom('eq', 'neq'), value: fc.constantFrom(...USERS) }),
);
const filters = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: condition },
    { weight: 1, arbitrary: fc.record({ any: fc.array(condition, { minLength: 1, maxLength: 3 }) }) },
  ),
  { maxLength: 2 },
);
/** Mostly none: filters leave few events of a small log. */
export const fewFilters = fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: filters });

export const instant = fc
  .tuple(fc.constantFrom(...BASES), fc.constantFrom(-DAY, 0, 1, 1000, 12 * 3_600_000, DAY, 2 * DAY, 7 * DAY, 30 * DAY))
  .map(([base, offset]) => new Date(Date.parse(base) + offset).toISOString());

/** Fields of every definition, most of the time left out. */
export const common = fc
  .record(
    {
      bounds: fc.tuple(instant, instant).filter(([left, right]) => left !== right),
      side: fc.constantFrom('from', 'to', 'both'),
      as_of: instant,
      timezone: fc.constantFrom(...ZONES),
      filters: fewFilters,
      confidence: fc.constantFrom(0.8, 0.99),
    },
    { requiredKeys: ['side'] },
  )
  .map(({ bounds, side, ...rest }) => {
    if (bounds === undefined) return rest;
    const [from, to] = bounds.toSorted();
    return { ...rest, ...(side === 'to' ? {} : { from }), ...(side === 'from' ? {} : { to }) };
  });

/** A definition of common fields and those of an analysis. */
export const with_ = <T extends object>(fields: fc.Arbitrary<T>): fc.Arbitrary<object> =>
  fc.tuple(common, fields).map(([left, right]) => ({ ...right, ...left }));
