/** Random trends, with as few rows as show what can go wrong. */
import fc from 'fast-check';
import { dayOf, firstDay, periodOfDay, startOfDay } from '../calendar.ts';
import { common, fewFilters, property } from './parts.ts';
import { BASES, TYPES, ZONES } from './values.ts';

const event = fc.constantFrom(...TYPES.slice(0, 4));
const numeric = fc.constantFrom('amount', 'watch_time_seconds', 'plan', 'device');
const aggregate = fc
  .tuple(fc.constantFrom('sum', 'avg', 'min', 'max', 'median', 'p90', 'p95', 'p99'), numeric)
  .map(([name, of]) => ({ [name]: of }));
const measure = fc.oneof(
  fc.constantFrom('count', 'unique_users', 'per_user'),
  aggregate,
  fc.constant({ sum: 'amount' }),
);
const series = fc.array(fc.record({ event, filters: fewFilters, measure }, { requiredKeys: [] }), {
  minLength: 1,
  maxLength: 3,
  size: 'max',
});

/** By the number of series that they need. */
const FORMULAS = [
  ['A', '-A', 'A × 0.5', '(A + 1) * 2', '100 / A'],
  ['A / B', 'A ÷ (A − B)', 'B - A / 2', '-(A+B)*1.5'],
  ['A / (B + C)', 'A - B - C', 'A / B / C'],
];

const what = series.chain((list) =>
  fc.record(
    {
      analysis: fc.constant('trend'),
      series: fc.constant(list),
      formula: fc.constantFrom(...FORMULAS.slice(0, list.length).flat()),
      shown: fc.record({ breakdown: property, limit: fc.constantFrom(1, 2, 3, 50) }, { requiredKeys: ['breakdown'] }),
    },
    { requiredKeys: ['analysis', 'series'] },
  ),
);

const long = fc
  .tuple(common, what, fc.constantFrom('day', 'week', 'month'))
  .map(([fields, definition, interval]) => ({ ...definition, ...fields, interval }));

/** A few hours by the hour or some minutes by the minute, beginning anywhere. */
const short = fc
  .tuple(
    common,
    what,
    fc.constantFrom(...BASES),
    fc.constantFrom({ interval: 'minute', step: 60_000 }, { interval: 'hour', step: 3_600_000 }),
    fc.tuple(fc.integer({ min: -40, max: 70 }), fc.integer({ min: 1, max: 31 }), fc.constantFrom(0, 0, 1, 999, 59_999)),
  )
  .map(([fields, definition, base, { interval, step }, [after, length, rest]]) => {
    const from = Date.parse(base) + after * step + rest;
    const to = from + length * step + rest;
    return {
      ...definition,
      ...fields,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      interval,
    };
  });

/** Whole days, weeks or months of a zone, beside those before or those of a year ago. */
const compared = fc
  .tuple(
    common,
    what,
    fc.constantFrom(...BASES),
    fc.constantFrom(...ZONES),
    fc.tuple(fc.integer({ min: -3, max: 40 }), fc.integer({ min: 1, max: 8 })),
    fc.constantFrom(
      { interval: 'day', compare: 'previous' },
      { interval: 'day', compare: 'year' },
      { interval: 'week', compare: 'previous' },
      { interval: 'month', compare: 'previous' },
      { interval: 'month', compare: 'year' },
    ),
  )
  .map(([fields, definition, base, timezone, [after, length], { interval, compare }]) => {
    const period = interval as 'day' | 'week' | 'month';
    const first = periodOfDay(dayOf(Date.parse(base), timezone) + after, period);
    const bound = (number: number): string => new Date(startOfDay(firstDay(number, period), timezone)).toISOString();
    return { ...definition, ...fields, timezone, interval, compare, from: bound(first), to: bound(first + length) };
  });

/** A breakdown has a limit; all values in one definition. */
export const trend: fc.Arbitrary<object> = fc
  .oneof({ weight: 3, arbitrary: long }, { weight: 2, arbitrary: short }, { weight: 1, arbitrary: compared })
  .map(({ shown, ...definition }) => ({ ...definition, ...shown }));
