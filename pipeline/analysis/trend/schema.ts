import * as v from 'valibot';
import { breakdownEntry, commonEntries, eventNameSchema, integerSchema } from '../definitions/common.ts';
import { quoteFound, type DefinitionFault } from '../definitions/error.ts';
import { filtersSchema, propertySchema } from '../definitions/filters.ts';
import { object } from '../definitions/object.ts';
import { INTERVALS, type Interval } from '../parts/buckets.ts';
import { parseFormula } from './formula.ts';

const COUNTING = ['count', 'unique_users', 'per_user'] as const;
export const AGGREGATES = ['sum', 'avg', 'min', 'max', 'median', 'p90', 'p95', 'p99'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

const countingSchema = v.picklist(COUNTING);
const aggregateSchemas = {
  sum: object({ sum: propertySchema }),
  avg: object({ avg: propertySchema }),
  min: object({ min: propertySchema }),
  max: object({ max: propertySchema }),
  median: object({ median: propertySchema }),
  p90: object({ p90: propertySchema }),
  p95: object({ p95: propertySchema }),
  p99: object({ p99: propertySchema }),
} as const satisfies Record<Aggregate, unknown>;

export type Measure = (typeof COUNTING)[number] | { readonly [A in Aggregate]?: string };

const anyMeasure = v.union([countingSchema, ...Object.values(aggregateSchemas)]) as v.GenericSchema<Measure>;
const noAggregate = v.pipe(
  v.record(v.string(), v.unknown()),
  v.check(() => false, `an object with one of ${AGGREGATES.join(', ')} and the name of a property`),
) as v.GenericSchema<unknown> as v.GenericSchema<Measure>;

/** The form is seen from the key, so that a fault names the field of that form. */
const measureSchema: v.GenericSchema<Measure> = v.lazy((input) => {
  if (input === undefined) return anyMeasure;
  if (typeof input !== 'object' || input === null) return countingSchema as v.GenericSchema<Measure>;
  const aggregate = AGGREGATES.find((name) => name in input);
  return aggregate === undefined ? noAggregate : (aggregateSchemas[aggregate] as v.GenericSchema<Measure>);
});

const seriesSchema = object({
  event: v.optional(eventNameSchema),
  filters: v.optional(filtersSchema, []),
  measure: v.optional(measureSchema, 'count'),
  name: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200), v.description('What people call the series'))),
});
export type Series = v.InferOutput<typeof seriesSchema>;

const MAX_SERIES = 10;
const DEFAULT_LIMIT = 10;

export const trendSchema = v.pipe(
  object({
    analysis: v.literal('trend'),
    ...commonEntries,
    ...breakdownEntry,
    series: v.pipe(
      v.array(seriesSchema),
      v.minLength(1),
      v.maxLength(MAX_SERIES),
      v.description('The series A, B, C … in this order'),
    ),
    interval: v.optional(v.picklist(INTERVALS), 'day'),
    formula: v.optional(
      v.pipe(v.string(), v.maxLength(500), v.description('Arithmetic over the letters of the series')),
    ),
    limit: v.optional(
      v.pipe(integerSchema(1, 1000), v.description('Values of the breakdown with most events; the rest is "other"')),
    ),
    compare: v.optional(
      v.pipe(v.picklist(['previous', 'year']), v.description('The range before, or a year ago, laid over this one')),
    ),
  }),
  v.description('Counts and measures of events over time'),
);
export type TrendDefinition = v.InferOutput<typeof trendSchema>;

const SHORTEST: Readonly<Record<Interval, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 82_800_000,
  week: 601_200_000,
  month: 2_415_600_000,
};
const MOST_INTERVALS = 100_000;

/** Faults between fields. */
export function trendFaults(definition: TrendDefinition): DefinitionFault[] {
  const { series, formula, breakdown, limit, compare, from, to, interval } = definition;
  const faults: DefinitionFault[] = [];
  const parsed = formula === undefined ? undefined : parseFormula(formula, series.length);
  if (typeof parsed === 'string') faults.push({ path: 'formula', found: quoteFound(formula), allowed: parsed });
  if (limit !== undefined && breakdown === undefined)
    faults.push({ path: 'limit', found: quoteFound(limit), allowed: 'nothing without `breakdown`' });
  if (compare !== undefined)
    for (const [path, bound] of Object.entries({ from, to }))
      if (bound === undefined) faults.push({ path, found: 'nothing', allowed: 'a time where `compare` is given' });
  if (
    from !== undefined &&
    to !== undefined &&
    (Date.parse(to) - Date.parse(from)) / SHORTEST[interval] > MOST_INTERVALS
  )
    faults.push({
      path: 'interval',
      found: quoteFound(interval),
      allowed: `an interval of which the range has at most ${String(MOST_INTERVALS)}`,
    });
  return faults;
}

export const withLimit = (definition: TrendDefinition): TrendDefinition =>
  definition.breakdown === undefined ? definition : { ...definition, limit: definition.limit ?? DEFAULT_LIMIT };
