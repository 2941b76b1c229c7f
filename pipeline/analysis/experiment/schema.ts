import * as v from 'valibot';
import { commonEntries, eventNameSchema, integerSchema, secondsSchema } from '../definitions/common.ts';
import { quoteFound, type DefinitionFault } from '../definitions/error.ts';
import { filtersSchema, propertySchema } from '../definitions/filters.ts';
import { object } from '../definitions/object.ts';

const MAX_METRICS = 20;
const MAX_VARIANTS = 20;
/** A hundred years of history, in days. */
const MAX_DAYS = 36_525;

export const fraction = (what: string) =>
  v.pipe(
    v.number(),
    v.check((of) => of > 0 && of < 1, `${what} between 0 and 1`),
  );
const nameSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

const measureNames = v.literal('count');
const measureOfProperty = v.union([
  object({ sum: propertySchema }),
  object({ avg: propertySchema }),
  object({ min: propertySchema }),
  object({ max: propertySchema }),
  object({ distinct: propertySchema }),
]);
const MEASURE_ALLOWED = '"count", or one of {"sum"}, {"avg"}, {"min"}, {"max"}, {"distinct"} with a property';

/** What is taken of a user's events: their number, or something of a property. */
export const measureSchema = v.union([measureNames, measureOfProperty], MEASURE_ALLOWED);
export type Measure = v.InferOutput<typeof measureSchema>;

const measuredEntries = {
  event: eventNameSchema,
  filters: v.optional(filtersSchema, []),
  measure: v.optional(measureSchema, 'count'),
} as const;
const measuredSchema = object(measuredEntries);
/** Events and what is taken of them, per user. */
export type Measured = v.InferOutput<typeof measuredSchema>;

const metricEntries = {
  name: v.pipe(nameSchema, v.description('What people call the metric; unique in the experiment')),
  goal: v.optional(v.picklist(['increase', 'decrease']), 'increase'),
  guardrail: v.optional(v.pipe(v.boolean(), v.description('Must not get worse; not a reason to ship')), false),
  minimum_effect: v.optional(v.pipe(v.number(), v.gtValue(0), v.description('Relative; instead of the experiment’s'))),
} as const;
const winsorizeEntry = {
  winsorize: v.optional(v.pipe(fraction('a quantile'), v.description('Values above this quantile are set to it'))),
} as const;

const metricSchemas = [
  object({
    type: v.literal('conversion'),
    ...metricEntries,
    event: eventNameSchema,
    filters: v.optional(filtersSchema, []),
  }),
  object({ type: v.literal('mean'), ...metricEntries, ...measuredEntries, ...winsorizeEntry }),
  object({
    type: v.literal('ratio'),
    ...metricEntries,
    numerator: measuredSchema,
    denominator: measuredSchema,
    ...winsorizeEntry,
  }),
  object({
    type: v.literal('quantile'),
    ...metricEntries,
    ...measuredEntries,
    ...winsorizeEntry,
    quantile: fraction('a quantile'),
  }),
] as const;
export const metricSchema = v.variant('type', metricSchemas);
export type Metric = v.InferOutput<typeof metricSchema>;

export const experimentSchema = v.pipe(
  object({
    analysis: v.literal('experiment'),
    ...commonEntries,
    experiment: v.pipe(nameSchema, v.description('Value of the exposure’s property that names the experiment')),
    control: v.pipe(nameSchema, v.description('The variant that the others are compared with')),
    exposure: v.optional(
      object({
        event: v.optional(eventNameSchema, 'experiment_exposure'),
        filters: v.optional(filtersSchema, []),
        experiment_key: v.optional(propertySchema, 'experiment_key'),
        variant: v.optional(propertySchema, 'variant'),
      }),
      {},
    ),
    split: v.optional(
      v.pipe(
        v.record(nameSchema, v.pipe(v.number(), v.finite(), v.gtValue(0))),
        v.check((split) => Object.keys(split).length >= 2, 'at least two variants with their shares'),
        v.check((split) => Object.keys(split).length <= MAX_VARIANTS, `at most ${String(MAX_VARIANTS)} variants`),
        v.description('Planned share of each variant, in any unit; default: equal over the variants seen'),
      ),
    ),
    window_seconds: v.optional(
      v.pipe(secondsSchema, v.description('Metric events count from the first exposure up to this later')),
      604_800,
    ),
    metrics: v.pipe(v.array(metricSchema), v.minLength(1), v.maxLength(MAX_METRICS)),
    covariate: v.optional(
      v.pipe(
        object({
          ...measuredEntries,
          lookback_days: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(MAX_DAYS))),
        }),
        v.description('CUPED: taken per user strictly before the first exposure'),
      ),
    ),
    only_complete: v.optional(
      v.pipe(v.boolean(), v.description('Leave out users whose window ends after as_of')),
      false,
    ),
    minimum_effect: v.optional(v.pipe(v.number(), v.gtValue(0), v.description('Relative effect worth finding')), 0.05),
    tuning: v.optional(
      v.pipe(integerSchema(1, 1_000_000_000), v.description('Users at which the sequential interval is tightest')),
      5000,
    ),
    srm_threshold: v.optional(fraction('a p-value'), 0.001),
  }),
  v.description('How variants of an experiment differ in metrics of their users'),
);
export type ExperimentDefinition = v.InferOutput<typeof experimentSchema>;

/** Faults between fields. */
export function experimentFaults({ metrics, split, control }: ExperimentDefinition): DefinitionFault[] {
  const names = metrics.map((metric) => metric.name);
  const twice = names.flatMap((name, index): DefinitionFault[] =>
    names.indexOf(name) === index
      ? []
      : [
          {
            path: `metrics.${String(index)}.name`,
            found: quoteFound(name),
            allowed: 'a name that no other metric has',
          },
        ],
  );
  if (split === undefined || Object.hasOwn(split, control)) return twice;
  return [
    ...twice,
    { path: 'split', found: quoteFound(split), allowed: `a share of the control, ${quoteFound(control)}` },
  ];
}
