/** Sufficient statistics of each variant: everything after works on a handful of numbers. */
import { twoSidedQuantile } from '../parts/intervals.ts';
import {
  call,
  column,
  from,
  itself,
  minus,
  named,
  over,
  parametric,
  plus,
  select,
  times,
  value,
} from '../tree/build.ts';
import type { Expression, Named, Select } from '../tree/nodes.ts';
import { COVARIATE, denominatorName, valueName } from './measures.ts';
import type { ExperimentDefinition, Metric } from './schema.ts';

/** What is known of one metric in one variant. */
interface Estimate {
  /** The metric's value: a rate, a mean, a ratio or a quantile. */
  readonly value: Expression;
  /** The variance of that value as an estimate. */
  readonly variance: Expression;
}

const users = call('toFloat64', call('count'));

/** p (1 − p) / n. */
function rateEstimate(of: Expression): Estimate {
  const mean = call('avg', of);
  return { value: mean, variance: over(times(mean, minus(1, mean)), users) };
}

function meanEstimate(of: Expression): Estimate {
  return { value: call('avg', of), variance: over(call('varSampStable', of), users) };
}

function ratioEstimate(numerator: Expression, denominator: Expression): Estimate {
  const [top, bottom] = [call('avg', numerator), call('avg', denominator)];
  return {
    value: over(top, bottom),
    variance: call(
      'suuupra_ratio_variance',
      users,
      top,
      bottom,
      call('varSampStable', numerator),
      call('varSampStable', denominator),
      call('covarSampStable', numerator, denominator),
    ),
  };
}

/**
 * The variance from the order statistics at n q ± z sqrt(n q (1 − q)), which lie 2 z standard errors apart.
 * Source: Deng, Knoblich, Lu, Applying the Delta Method in Metric Analytics (2018), section 4.2.
 */
function quantileEstimate(of: Expression, at: number, z: Expression): Estimate {
  const level = value('quantile', 'Float64', at);
  const sorted = call('arraySort', call('groupArray', of));
  const spread = times(z, call('sqrt', times(users, level, minus(1, level))));
  const within = (position: Expression): Expression =>
    call('toUInt64', call('least', call('greatest', position, 1), users));
  const low = within(call('floor', minus(times(users, level), spread)));
  const high = within(call('ceil', plus(times(users, level), spread)));
  const width = minus(call('arrayElement', sorted, high), call('arrayElement', sorted, low));
  return {
    value: parametric('quantileExactInclusive', [level], of),
    variance: call('pow', over(width, times(2, z)), 2),
  };
}

function estimate(metric: Metric, index: number, z: Expression): Estimate {
  const of = column(valueName(index));
  switch (metric.type) {
    case 'conversion':
      return rateEstimate(of);
    case 'mean':
      return meanEstimate(of);
    case 'ratio':
      return ratioEstimate(of, column(denominatorName(index)));
    case 'quantile':
      return quantileEstimate(of, metric.quantile, z);
  }
}

/** Whether CUPED adjusts the metric: its value is a mean over users. */
export const isAdjustable = (metric: Metric): boolean => metric.type === 'conversion' || metric.type === 'mean';

/** Statistics for CUPED; not-a-number where the metric cannot be adjusted. */
function covariateColumns({ metrics, covariate }: ExperimentDefinition): readonly Named[] {
  if (covariate === undefined) return [];
  const x = column(COVARIATE);
  const nothing = over(call('toFloat64', 0), 0);
  const each = (of: (number: Expression) => Expression): Expression =>
    call('array', ...metrics.map((metric, index) => (isAdjustable(metric) ? of(column(valueName(index))) : nothing)));
  return [
    named('x_mean', call('avg', x)),
    named('x_variance', call('varSampStable', x)),
    named(
      'spreads',
      each((number) => call('varSampStable', number)),
    ),
    named(
      'covariances',
      each((number) => call('covarSampStable', x, number)),
    ),
  ];
}

const collected = (name: string): Named => named(name, call('groupArray', column(name)));

/** Columns of `arms` beside the variant; `collected` has an array of each, one element per variant seen. */
const COVARIATE_COLUMNS = ['x_mean', 'x_variance', 'spreads', 'covariances'];
export const armColumns = ({ covariate }: ExperimentDefinition): readonly string[] => [
  'users',
  'estimates',
  'variances',
  ...(covariate === undefined ? [] : COVARIATE_COLUMNS),
];

/** The queries `arms`, a row per variant seen, and `collected`, one row with an array of each of their columns. */
export function arms(definition: ExperimentDefinition): Select['with'] {
  const z = call('assumeNotNull', twoSidedQuantile(definition.confidence));
  const estimates = definition.metrics.map((metric, index) => estimate(metric, index, z));
  return [
    {
      name: 'arms',
      is: select({
        columns: [
          itself('variant'),
          named('users', call('count')),
          named('estimates', call('array', ...estimates.map((one) => one.value))),
          named('variances', call('array', ...estimates.map((one) => one.variance))),
          ...covariateColumns(definition),
        ],
        from: from('participants'),
        groupBy: [column('variant')],
      }),
    },
    {
      name: 'collected',
      is: select({
        columns: [named('variants', call('groupArray', column('variant'))), ...armColumns(definition).map(collected)],
        from: from('arms'),
      }),
    },
  ];
}
