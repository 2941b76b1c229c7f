/** A row per metric and variant against the control. */
import { columns, type Plan } from '../analysis.ts';
import { twoSidedQuantile } from '../parts/intervals.ts';
import { fused, staged, type Stage } from '../parts/stages.ts';
import { and, ascending, call, column, compare, from, itself, named, select, value } from '../tree/build.ts';
import type { Select } from '../tree/nodes.ts';
import { adjustedDifferenceStages, adjustedStages, thetaStages } from './adjustment.ts';
import { armColumns } from './arms.ts';
import { decisionStages } from './decision.ts';
import { differenceStages, testedStages } from './fixed-test.ts';
import { metricFacts, pairQueries, sides } from './pairs.ts';
import { posteriorStages } from './posterior.ts';
import { ratioCheck } from './ratio-check.ts';
import { requiredStages } from './required-users.ts';
import type { ExperimentDefinition } from './schema.ts';
import { sequentialStages } from './sequences.ts';
import { studentStages } from './student.ts';

const COLUMNS = columns({
  metric: 'text',
  variant: 'text',
  users_control: 'count',
  users_variant: 'count',
  value_control: 'number?',
  value_variant: 'number?',
  difference: 'number?',
  difference_low: 'number?',
  difference_high: 'number?',
  lift: 'number?',
  lift_low: 'number?',
  lift_high: 'number?',
  statistic: 'number?',
  degrees_of_freedom: 'number?',
  p_value: 'number?',
  p_holm: 'number?',
  p_benjamini_hochberg: 'number?',
  cuped_theta: 'number?',
  cuped_difference: 'number?',
  cuped_low: 'number?',
  cuped_high: 'number?',
  cuped_p_value: 'number?',
  cuped_variance_reduction: 'number?',
  chance_to_beat_control: 'number?',
  expected_loss_variant: 'number?',
  expected_loss_control: 'number?',
  sequential_low: 'number?',
  sequential_high: 'number?',
  sequential_p_value: 'number?',
  sequential_lift_low: 'number?',
  sequential_lift_high: 'number?',
  required_users_per_variant: 'number?',
  decision: 'text',
  decision_reason: 'text',
  one_sided_low: 'number?',
  one_sided_high: 'number?',
});

/** The rows of the answer, from the queries that lead to `collected`. */
export function comparison(definition: ExperimentDefinition, queries: Select['with']): Plan {
  const hasCovariate = definition.covariate !== undefined;
  const factColumns = [
    ...armColumns(definition),
    'variants',
    'all_variants',
    'srm_mismatch',
    ...(hasCovariate ? ['x_overall', 'thetas'] : []),
  ];
  const facts = fused([...ratioCheck(definition), ...(hasCovariate ? thetaStages(definition) : [])], factColumns);
  const level = value('alpha', 'Float64', 1 - definition.confidence);
  const opening: readonly Stage[] = [
    { name: 'sides', columns: [...sides(), ...metricFacts(definition)] },
    {
      name: 'limits',
      columns: [
        named('enough', and(compare(column('users_control'), '>=', 2), compare(column('users_variant'), '>=', 2))),
        named('alpha', level),
        named('z', call('assumeNotNull', twoSidedQuantile(definition.confidence))),
        named('one_sided_z', call('assumeNotNull', twoSidedQuantile(2 * definition.confidence - 1))),
        named(
          'rho_squared',
          call('suuupra_sequential_rho_squared', level, value('tuning', 'Float64', definition.tuning)),
        ),
      ],
    },
  ];
  const names = COLUMNS.map((one) => one.name);
  const kept = [...names.filter((name) => name !== 'metric'), 'metric_index'];
  const rows = staged(
    {
      name: 'metric_rows',
      columns: [
        ...factColumns.filter((name) => name !== 'all_variants'),
        'variant',
        'metric_index',
        'control_index',
        'variant_index',
      ],
    },
    fused(
      [
        ...opening,
        ...differenceStages(),
        ...adjustedDifferenceStages(definition),
        ...studentStages(definition),
        ...testedStages(),
        ...adjustedStages(definition),
        ...sequentialStages(),
        ...posteriorStages(),
        ...requiredStages(),
        ...decisionStages(),
      ],
      kept,
    ),
    kept,
  );
  const metricNames = value(
    'metric_names',
    'Array(String)',
    definition.metrics.map((metric) => metric.name),
  );
  const query = select({
    with: [
      ...queries,
      ...staged({ name: 'collected', columns: [...armColumns(definition), 'variants'] }, facts, factColumns),
      ...pairQueries(definition, facts.at(-1)?.name ?? 'collected'),
      ...rows,
    ],
    columns: COLUMNS.map(({ name, type }) => {
      if (name === 'metric') return named(name, call('arrayElement', metricNames, column('metric_index')));
      return type === 'number'
        ? named(name, call('if', call('isFinite', column(name)), column(name), null))
        : itself(name);
    }),
    from: from('decided'),
    orderBy: [ascending(column('metric_index')), ascending(column('variant'))],
  });
  return { query, columns: COLUMNS };
}
