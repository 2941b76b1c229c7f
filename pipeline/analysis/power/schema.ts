import * as v from 'valibot';
import { commonEntries, integerSchema, secondsSchema, selectionSchema } from '../definitions/common.ts';
import { quoteFound, type DefinitionFault } from '../definitions/error.ts';
import { object } from '../definitions/object.ts';
import { fraction, metricSchema } from '../experiment/schema.ts';

const MOST_USERS = 1e12;
const MOST_VARIANTS = 20;
const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));

export const powerSchema = v.pipe(
  object({
    analysis: v.literal('power'),
    ...commonEntries,
    metric: v.optional(v.pipe(metricSchema, v.description('Taken from the data, as an experiment would'))),
    baseline: v.optional(v.pipe(v.number(), v.finite(), v.description('Instead of `metric`: its value today'))),
    variance: v.optional(
      v.pipe(v.number(), v.finite(), v.minValue(0), v.description('… and its variance over users; without it a rate')),
    ),
    exposure: v.optional(
      v.pipe(
        selectionSchema,
        v.description('What would bring a user into the experiment, for the first time in range'),
      ),
      { filters: [] },
    ),
    window_seconds: v.optional(
      v.pipe(secondsSchema, v.description('Metric events count from the exposure up to this later')),
      604_800,
    ),
    minimum_effect: v.optional(v.pipe(positive, v.description('Relative effect worth finding')), 0.05),
    users_per_variant: v.optional(
      v.pipe(integerSchema(2, MOST_USERS), v.description('Users that there will be: what effect do they find?')),
    ),
    daily_users: v.optional(
      v.pipe(positive, v.description('Users that come into the experiment per day; default: as in the data')),
    ),
    power: v.optional(fraction('a probability'), 0.8),
    variants: v.optional(v.pipe(integerSchema(2, MOST_VARIANTS), v.description('The control counted too')), 2),
    split: v.optional(
      v.pipe(
        v.array(positive),
        v.minLength(2),
        v.maxLength(MOST_VARIANTS),
        v.description('Shares of the variants, in any unit; default: equal'),
      ),
    ),
  }),
  v.description('How many users and days an experiment needs, and what effect a number of users finds'),
);
export type PowerDefinition = v.InferOutput<typeof powerSchema>;

/** Faults between fields: the metric is either taken from the data or given in numbers. */
export function powerFaults({ metric, baseline, variance, variants, split }: PowerDefinition): DefinitionFault[] {
  const faults: DefinitionFault[] = [];
  if (metric === undefined && baseline === undefined)
    faults.push({ path: 'metric', found: 'nothing', allowed: 'a metric, or `baseline` in its place' });
  if (metric !== undefined)
    for (const [path, found] of Object.entries({ baseline, variance }))
      if (found !== undefined)
        faults.push({ path, found: quoteFound(found), allowed: 'nothing where `metric` is given' });
  if (metric?.type === 'quantile')
    faults.push({ path: 'metric.type', found: '"quantile"', allowed: '"conversion" or "mean" or "ratio"' });
  if (baseline !== undefined && variance === undefined && (baseline < 0 || baseline > 1))
    faults.push({
      path: 'baseline',
      found: String(baseline),
      allowed: 'a rate from 0 to 1 where `variance` is not given',
    });
  if (split !== undefined && split.length !== variants)
    faults.push({
      path: 'split',
      found: quoteFound(split),
      allowed: `a share for each of the ${String(variants)} variants`,
    });
  return faults;
}
