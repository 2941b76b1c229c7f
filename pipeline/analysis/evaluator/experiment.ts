/**
 * Experiments: counts, values, differences and lifts with their normal intervals, CUPED's theta. Probabilities and
 * intervals of Student's distribution are not judged here: they have golden files computed with scipy.
 */
import type { ExperimentDefinition, Metric, Row } from './definition.ts';
import type { Exposed } from './experiment-users.ts';
import { covariateOf, exposedUsers, measured, metricEvents } from './experiment-users.ts';
import { compareBytes } from './filters.ts';
import type { Log } from './log.ts';
import { isInRange } from './log.ts';
import { covariance, mean, quantile, twoSidedZ, variance } from './numbers.ts';

/** A user's share in a metric; a denominator of 1 where the metric is no ratio. */
interface Sample {
  readonly variant: string;
  readonly value: number;
  readonly denominator: number;
  readonly before: number;
}

/** An arm's value of a metric, and the variance of that value as an estimate. */
interface Estimate {
  readonly value: number | null;
  readonly variance: number | null;
}

function analysedUsers(log: Log, definition: ExperimentDefinition): Exposed[] {
  return exposedUsers(log.events, definition).filter(
    ({ at, variants }) =>
      isInRange(at, definition) && variants.length === 1 && !(definition.only_complete && isIncomplete(at)),
  );
  function isIncomplete(at: number): boolean {
    return at + definition.window_seconds * 1000 > (log.asOf ?? 0);
  }
}

/** Values above the quantile of all users' values are set to it. */
function winsorized(values: readonly number[], level: number | undefined): readonly number[] {
  const bound = level === undefined ? null : quantile(values, level);
  return bound === null ? values : values.map((value) => Math.min(value, bound));
}

function valuesOf(users: readonly Exposed[], metric: Metric, definition: ExperimentDefinition): [number[], number[]] {
  const take = (one: Parameters<typeof metricEvents>[1] & { measure: Parameters<typeof measured>[1] }): number[] =>
    users.map((user) => measured(metricEvents(user, one, definition), one.measure));
  const ones = users.map(() => 1);
  if (metric.type === 'conversion')
    return [users.map((user) => Math.min(1, metricEvents(user, metric, definition).length)), ones];
  if (metric.type === 'ratio') return [take(metric.numerator), take(metric.denominator)];
  return [take(metric), ones];
}

function samplesOf(users: readonly Exposed[], metric: Metric, definition: ExperimentDefinition): Sample[] {
  const [values, denominators] = valuesOf(users, metric, definition);
  const level = metric.type === 'conversion' ? undefined : metric.winsorize;
  const [above, below] = [
    winsorized(values, level),
    metric.type === 'ratio' ? winsorized(denominators, level) : denominators,
  ];
  return users.map((user, index) => ({
    variant: user.variants[0] ?? '',
    value: above[index] ?? 0,
    denominator: below[index] ?? 1,
    before: covariateOf(user, definition),
  }));
}

function estimateOf(samples: readonly Sample[], metric: Metric): Estimate {
  const values = samples.map(({ value }) => value);
  const size = samples.length;
  if (size === 0) return { value: null, variance: null };
  if (metric.type === 'quantile') return { value: quantile(values, metric.quantile ?? 0.5), variance: null };
  if (metric.type === 'conversion') {
    const share = mean(values);
    return { value: share, variance: (share * (1 - share)) / size };
  }
  if (metric.type === 'mean') return { value: mean(values), variance: size < 2 ? null : variance(values) / size };
  const denominators = samples.map(({ denominator }) => denominator);
  const below = mean(denominators);
  if (below === 0) return { value: null, variance: null };
  const ratio = mean(values) / below;
  // The variance of a quotient of means, to first order.
  const residuals = samples.map(({ value, denominator }) => (value - ratio * denominator) / below);
  return { value: ratio, variance: size < 2 ? null : variance(residuals) / size };
}

/** Theta over the users of all variants, and what it does to the difference. */
function cuped(all: readonly Sample[], control: readonly Sample[], variant: readonly Sample[]): Row {
  const before = all.map((sample) => sample.before);
  const spread = variance(before);
  const values = all.map(({ value }) => value);
  const theta = spread === 0 ? 0 : covariance(before, values) / spread;
  const centre = mean(before);
  const adjusted = (samples: readonly Sample[]): number[] =>
    samples.map((sample) => sample.value - theta * (sample.before - centre));
  const varianceOf = (arms: readonly (readonly number[])[]): number =>
    arms.reduce((sum, arm) => sum + variance(arm) / arm.length, 0);
  const raw = varianceOf([control, variant].map((arm) => arm.map(({ value }) => value)));
  const reduced = varianceOf([control, variant].map(adjusted));
  return {
    cuped_theta: theta,
    cuped_difference: mean(adjusted(variant)) - mean(adjusted(control)),
    cuped_variance_reduction: raw === 0 ? null : 1 - reduced / raw,
  };
}

function metricRow(samples: readonly Sample[], variant: string, metric: Metric, definition: ExperimentDefinition): Row {
  const ofControl = samples.filter((sample) => sample.variant === definition.control);
  const ofVariant = samples.filter((sample) => sample.variant === variant);
  const [c, t] = [estimateOf(ofControl, metric), estimateOf(ofVariant, metric)];
  const difference = c.value === null || t.value === null ? null : t.value - c.value;
  const lift = c.value === null || t.value === null || c.value === 0 ? null : t.value / c.value - 1;
  const isEnough = Math.min(ofControl.length, ofVariant.length) >= 2;
  const row: Row = {
    metric: metric.name,
    variant,
    users_control: ofControl.length,
    users_variant: ofVariant.length,
    value_control: c.value,
    value_variant: t.value,
    difference: isEnough ? difference : null,
    lift: isEnough ? lift : null,
  };
  if (!isEnough || metric.type === 'quantile') return row;
  if (c.variance === null || t.variance === null) return row;
  const z = twoSidedZ(definition.confidence);
  if (difference !== null && metric.type !== 'mean' && c.variance + t.variance > 0) {
    const half = z * Math.sqrt(c.variance + t.variance);
    Object.assign(row, { difference_low: difference - half, difference_high: difference + half });
  }
  if (lift !== null && c.value !== null && t.value !== null && c.variance + t.variance > 0) {
    const half = z * Math.sqrt(t.variance / c.value ** 2 + (t.value ** 2 * c.variance) / c.value ** 4);
    Object.assign(row, { lift_low: lift - half, lift_high: lift + half });
  }
  const hasCuped = definition.covariate !== undefined && metric.type !== 'ratio';
  return hasCuped ? { ...row, ...cuped(samples, ofControl, ofVariant) } : row;
}

/** A row per metric and variant other than the control; columns that are not judged are left out. */
export function experiment(log: Log, definition: ExperimentDefinition): Row[] {
  const users = analysedUsers(log, definition);
  const seen = users.flatMap(({ variants }) => variants);
  const variants = [...new Set([...seen, ...Object.keys(definition.split ?? {})])]
    .filter((variant) => variant !== definition.control)
    .sort(compareBytes);
  return definition.metrics.flatMap((metric) => {
    const samples = samplesOf(users, metric, definition);
    return variants.map((variant) => metricRow(samples, variant, metric, definition));
  });
}

/** Facts about the whole answer: users exposed, excluded, incomplete, and the statistic of the split. */
export function experimentMeta(log: Log, definition: ExperimentDefinition): Row {
  const exposed = exposedUsers(log.events, definition).filter(({ at }) => isInRange(at, definition));
  const single = exposed.filter(({ variants }) => variants.length === 1);
  const users = analysedUsers(log, definition);
  const isIncomplete = ({ at }: Exposed): boolean => at + definition.window_seconds * 1000 > (log.asOf ?? 0);
  return {
    exposed_users: exposed.length,
    excluded_users: exposed.length - single.length,
    incomplete_users: single.filter(isIncomplete).length,
    // Of no users it is left open whether there is a statistic.
    ...(users.length === 0 ? {} : { srm_chi2: chiSquare(users, definition) }),
  };
}

/** Pearson's statistic of the users per variant against the split. */
function chiSquare(users: readonly Exposed[], { split }: ExperimentDefinition): number {
  const counts = new Map<string, number>(Object.keys(split ?? {}).map((variant) => [variant, 0]));
  for (const { variants } of users) counts.set(variants[0] ?? '', (counts.get(variants[0] ?? '') ?? 0) + 1);
  const shares = [...counts.keys()].map((variant) => (split === undefined ? 1 : (split[variant] ?? 0)));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let statistic = 0;
  for (const [index, count] of [...counts.values()].entries()) {
    const expected = (users.length * (shares[index] ?? 0)) / whole;
    statistic += (count - expected) ** 2 / expected;
  }
  return statistic;
}
