/** Random valid definitions of the analyses that the evaluator knows. */
import fc from 'fast-check';
import { BASES, CONTENTS, SESSIONS, TEXTS, TYPES, USERS, scalar } from './generate-logs.ts';

const DAY = 86_400_000;
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'America/Santiago',
  'Asia/Beirut',
];
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

const property = fc.constantFrom(...KEYS);
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
const fewFilters = fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: filters });

const instant = fc
  .tuple(fc.constantFrom(...BASES), fc.constantFrom(-DAY, 0, 1, 1000, 12 * 3_600_000, DAY, 2 * DAY, 7 * DAY, 30 * DAY))
  .map(([base, offset]) => new Date(Date.parse(base) + offset).toISOString());

/** Fields of every definition, most of the time left out. */
const common = fc
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

const with_ = <T extends object>(fields: fc.Arbitrary<T>): fc.Arbitrary<object> =>
  fc.tuple(common, fields).map(([left, right]) => ({ ...right, ...left }));

const event = fc.constantFrom(...TYPES.slice(0, 3));
const step = fc.record({ event, filters: fewFilters });
const exclusion = fc.record({ event, filters: fewFilters, ends: fc.tuple(fc.nat(3), fc.nat(3)) });

const funnel = with_(
  fc
    .record(
      {
        analysis: fc.constant('funnel'),
        steps: fc.array(step, { minLength: 2, maxLength: 4 }),
        window_seconds: fc.constantFrom(1, 2, 5, 1800, 86_400, 604_800),
        order: fc.constantFrom('ordered', 'strict', 'any'),
        unit: fc.constantFrom('user', 'session', { property: 'plan' }, { property: 'country' }, { property: 'amount' }),
        breakdown: property,
        exclusions: fc.array(exclusion, { maxLength: 2 }),
      },
      { requiredKeys: ['analysis', 'steps'] },
    )
    .map(({ exclusions = [], ...definition }) => {
      if (definition.order === 'any') return definition;
      const placed = exclusions.map(({ ends: [left, right], ...rest }) => {
        const after = (left % (definition.steps.length - 1)) + 1;
        return { ...rest, after_step: after, before_step: after + 1 + (right % (definition.steps.length - after)) };
      });
      return { ...definition, exclusions: placed };
    }),
);

const sessions = with_(
  fc.record(
    { analysis: fc.constant('sessions'), gap_seconds: fc.constantFrom(1, 1800, 86_400) },
    { requiredKeys: ['analysis'] },
  ),
);

const revenue = with_(
  fc.record(
    { analysis: fc.constant('revenue'), interval: fc.constantFrom('minute', 'hour', 'day', 'week', 'month') },
    { requiredKeys: ['analysis'] },
  ),
);

const engagement = with_(fc.record({ analysis: fc.constant('engagement') }));

const selection = fc.record({ event, filters: fewFilters }, { requiredKeys: [] });

const retention = with_(
  fc
    .record(
      {
        analysis: fc.constant('retention'),
        start: selection,
        return: selection,
        period: fc.constantFrom('day', 'week', 'month'),
        cohort: fc.constantFrom('first_ever', 'recurring'),
        mode: fc.constantFrom('on', 'on_or_after', 'bracket'),
        periods: fc.constantFrom(0, 1, 3, 8),
      },
      { requiredKeys: ['analysis'] },
    )
    .map(({ periods, ...definition }) => {
      if (definition.mode === 'bracket')
        return {
          ...definition,
          brackets: [
            [1, 7],
            [8, 14],
            [0, 0],
            [29, 30],
          ],
        };
      return periods === undefined ? definition : { ...definition, periods };
    }),
);

const activity = with_(fc.record({ analysis: fc.constant('activity') }));

const lifecycle = with_(
  fc.record(
    { analysis: fc.constant('lifecycle'), interval: fc.constantFrom('day', 'week', 'month') },
    { requiredKeys: ['analysis'] },
  ),
);

/** Definitions by analysis; a funnel has the most to get wrong. */
export const definitions = { funnel, sessions, revenue, engagement, retention, activity, lifecycle };
