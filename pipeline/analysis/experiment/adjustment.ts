/**
 * CUPED: the metric with what the covariate explains taken out.
 * Source: Deng, Xu, Kohavi, Walker, Improving the Sensitivity of Online Controlled Experiments (2013).
 */
import { call, column, compare, lambda, minus, named, over, plus, times } from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';
import { stage, type Stage } from '../parts/stages.ts';
import { NOTHING, when } from './numbers.ts';
import type { ExperimentDefinition } from './schema.ts';
import { student } from './student.ts';

const at = (array: string, index: Expression): Expression => call('arrayElement', column(array), index);
const pairwise = (parameters: readonly string[], body: Expression): Expression =>
  call('arrayMap', lambda(parameters, body), ...parameters.map((name) => column(name)));

/** Names of lambda arguments over the arrays of `collected` are the names of those arrays: each is one variant then. */
const squares = times(minus(column('users'), 1), column('x_variance'));
const fromMean = minus(column('x_mean'), column('x_overall'));

/**
 * Stages over the one row of `collected`: `x_overall`, the covariate's mean over all variants, and `thetas`, cov / var
 * over all assigned users together, put together from the variants' own (co)variances and the distances of their means.
 */
export function thetaStages({ metrics }: ExperimentDefinition): readonly Stage[] {
  const total = call('arraySum', column('users'));
  const weighted = (array: string): Expression =>
    over(call('arraySum', pairwise(['users', array], times(column('users'), column(array)))), total);
  const between = times(column('users'), fromMean, fromMean);
  const thetas = metrics.map((_, index) => {
    const mean = call('arrayElement', column('estimates'), index + 1);
    const overall = over(call('arraySum', pairwise(['users', 'estimates'], times(column('users'), mean))), total);
    const within = times(minus(column('users'), 1), call('arrayElement', column('covariances'), index + 1));
    const across = times(column('users'), fromMean, minus(mean, column(`overall_${String(index + 1)}`)));
    return {
      overall,
      products: pairwise(['users', 'x_mean', 'estimates', 'covariances'], plus(noNaN(within), across)),
    };
  });
  return [
    {
      name: 'covariate_means',
      columns: [
        named('x_overall', weighted('x_mean')),
        ...thetas.map(({ overall }, index) => named(`overall_${String(index + 1)}`, overall)),
      ],
    },
    stage('x_squares', call('arraySum', pairwise(['users', 'x_mean', 'x_variance'], plus(noNaN(squares), between)))),
    stage(
      'thetas',
      call(
        'array',
        ...thetas.map(({ products }) =>
          call('if', compare(column('x_squares'), '>', 0), over(call('arraySum', products), column('x_squares')), 0),
        ),
      ),
    ),
  ];
}

/** A variant of one user has no variance and adds NOTHING. */
const noNaN = (of: Expression): Expression => call('if', call('isNaN', of), 0, of);

/** Columns of a pair: mean and variance of the adjusted metric in the arm at position `index`. */
function adjustedArm(index: Expression, users: Expression): { mean: Expression; variance: Expression } {
  const metric = column('metric_index');
  const theta = column('theta');
  const ofMetric = (array: string): Expression => call('arrayElement', at(array, index), metric);
  const spread = plus(
    minus(ofMetric('spreads'), times(2, theta, ofMetric('covariances'))),
    times(theta, theta, at('x_variance', index)),
  );
  return {
    mean: minus(ofMetric('estimates'), times(theta, minus(at('x_mean', index), column('x_overall')))),
    variance: over(spread, users),
  };
}

const isTestable = compare(column('cuped_variance'), '>', 0);

/**
 * Stages over a pair of variants (`control_index`, `variant_index`, `metric_index`, `enough`, `adjustable`) that add the
 * difference of the adjusted values, its variance and degrees of freedom.
 */
export function adjustedDifferenceStages({ covariate }: ExperimentDefinition): readonly Stage[] {
  if (covariate === undefined) return [];
  const [usersControl, usersVariant] = [column('users_control'), column('users_variant')];
  const control = adjustedArm(column('control_index'), usersControl);
  const variant = adjustedArm(column('variant_index'), usersVariant);
  const applies = call('if', column('adjustable'), column('enough'), false);
  const raw = (index: string, users: Expression): Expression =>
    over(call('arrayElement', at('spreads', column(index)), column('metric_index')), users);
  const welch = call(
    'suuupra_welch_degrees_of_freedom',
    column('cuped_variance_control'),
    usersControl,
    column('cuped_variance_variant'),
    usersVariant,
  );
  return [
    stage('theta', call('arrayElement', column('thetas'), column('metric_index'))),
    {
      name: 'adjusted_arms',
      columns: [
        named('cuped_theta', call('if', applies, column('theta'), NOTHING)),
        named('cuped_difference', call('if', applies, minus(variant.mean, control.mean), NOTHING)),
        named('cuped_variance_control', control.variance),
        named('cuped_variance_variant', variant.variance),
        named('raw_variance', plus(raw('control_index', usersControl), raw('variant_index', usersVariant))),
      ],
    },
    {
      name: 'adjusted_difference',
      columns: [
        named(
          'cuped_variance',
          call('if', applies, plus(column('cuped_variance_control'), column('cuped_variance_variant')), NOTHING),
        ),
        named('welch_degrees', welch),
      ],
    },
    stage('cuped_degrees', call('if', isTestable, column('welch_degrees'), 1)),
  ];
}

/** Stages that add the columns `cuped_…` of the answer: Welch's test on the adjusted values. */
export function adjustedStages({ covariate }: ExperimentDefinition): readonly Stage[] {
  const names = ['theta', 'difference', 'low', 'high', 'p_value', 'variance_reduction'];
  if (covariate === undefined)
    return [{ name: 'adjusted', columns: names.map((name) => named(`cuped_${name}`, NOTHING)) }];
  const half = times(student.adjustedCritical, call('sqrt', column('cuped_variance')));
  const margin = call('if', isTestable, half, times(0, column('cuped_variance')));
  return [
    {
      name: 'adjusted',
      columns: [
        named('cuped_low', minus(column('cuped_difference'), margin)),
        named('cuped_high', plus(column('cuped_difference'), margin)),
        named('cuped_p_value', when(isTestable, student.adjustedPValue)),
        named('cuped_variance_reduction', minus(1, over(column('cuped_variance'), column('raw_variance')))),
      ],
    },
  ];
}
