/** A row per metric and variant against the control. */
import { columns, type Plan } from '../analysis.ts';
import { twoSidedQuantile } from '../parts/intervals.ts';
import { stage, staged, type Stage } from '../parts/stages.ts';
import {
  and,
  ascending,
  call,
  column,
  compare,
  constant,
  equal,
  from,
  itself,
  lambda,
  minus,
  named,
  not,
  or,
  over,
  plus,
  select,
  times,
  unequal,
  value,
  windowed,
} from '../tree/build.ts';
import type { Expression, Named, Select } from '../tree/nodes.ts';
import { adjustmentStages, thetaStages } from './adjustment.ts';
import { armColumns, isAdjustable } from './arms.ts';
import { ratioCheck } from './ratio-check.ts';
import type { ExperimentDefinition, Metric } from './schema.ts';

const POWER = 0.8;

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
});

/** Not a number: what does not apply, or cannot be computed. The last stage turns it into null. */
const NOTHING = over(call('toFloat64', 0), 0);
const when = (condition: Expression, then: Expression): Expression => call('if', condition, then, NOTHING);
const at = (array: string, index: Expression): Expression => call('arrayElement', column(array), index);
const alpha = column('alpha');

/** Facts of the metric of a row, from lists with one entry per metric. */
function metricFacts({ metrics, minimum_effect: effect }: ExperimentDefinition): readonly Named[] {
  const list = (of: (metric: Metric) => number): Expression =>
    call(
      'arrayElement',
      call('array', ...metrics.map((metric) => call('toFloat64', of(metric)))),
      column('metric_index'),
    );
  const flag = (of: (metric: Metric) => boolean): Expression =>
    equal(
      list((metric) => (of(metric) ? 1 : 0)),
      1,
    );
  return [
    named(
      'is_rate',
      flag((metric) => metric.type === 'conversion'),
    ),
    named(
      'is_mean',
      flag((metric) => metric.type === 'mean'),
    ),
    named(
      'is_quantile',
      flag((metric) => metric.type === 'quantile'),
    ),
    named('adjustable', flag(isAdjustable)),
    named(
      'is_guardrail',
      flag((metric) => metric.guardrail),
    ),
    named(
      'goal',
      list((metric) => (metric.goal === 'increase' ? 1 : -1)),
    ),
    named(
      'effect',
      list((metric) => metric.minimum_effect ?? effect),
    ),
  ];
}

/** From one row of all variants to a row per metric and variant other than the control. */
function pairQueries(definition: ExperimentDefinition, facts: string): Select['with'] {
  const others = call(
    'arrayFilter',
    lambda(['one'], unequal(column('one'), value('control', 'String', definition.control))),
    column('all_variants'),
  );
  const kept = [
    ...armColumns(definition),
    'variants',
    'srm_mismatch',
    ...(definition.covariate ? ['x_overall', 'thetas'] : []),
  ];
  return [
    {
      name: 'variant_rows',
      is: select({
        columns: [...kept.map(itself), itself('variant')],
        from: from(facts),
        arrayJoin: [named('variant', others)],
      }),
    },
    {
      name: 'metric_rows',
      is: select({
        columns: [
          ...kept.map(itself),
          itself('variant'),
          itself('metric_index'),
          named('control_index', call('indexOf', column('variants'), value('control', 'String', definition.control))),
          named('variant_index', call('indexOf', column('variants'), column('variant'))),
        ],
        from: from('variant_rows'),
        arrayJoin: [named('metric_index', call('range', 1, definition.metrics.length + 1))],
      }),
    },
  ];
}

function sides(): readonly Named[] {
  return (['control', 'variant'] as const).flatMap((side) => {
    const index = column(`${side}_index`);
    const users = at('users', index);
    const of = (array: string): Expression => call('arrayElement', at(array, index), column('metric_index'));
    const isThere = compare(users, '>', 0);
    return [
      named(`users_${side}`, users),
      named(`value_${side}`, when(isThere, of('estimates'))),
      named(`variance_${side}`, when(isThere, of('variances'))),
    ];
  });
}

/** Differences, intervals and p-values of the fixed test. */
function fixedStages(): readonly Stage[] {
  const [usersControl, usersVariant] = [column('users_control'), column('users_variant')];
  const [control, variant] = [column('value_control'), column('value_variant')];
  const [enough, testable, isMean] = [column('enough'), column('testable'), column('is_mean')];
  const pooled = over(
    plus(times(control, usersControl), times(variant, usersVariant)),
    plus(usersControl, usersVariant),
  );
  const pooledVariance = times(pooled, minus(1, pooled), plus(over(1, usersControl), over(1, usersVariant)));
  const hasLift = and(enough, unequal(control, 0));
  const margin = (critical: Expression, variance: Expression): Expression =>
    call('if', compare(variance, '>', 0), times(critical, call('sqrt', variance)), times(0, variance));
  const interval = (name: string, critical: Expression, variance: Expression): readonly Named[] => [
    named(`${name}_low`, minus(column(name), margin(critical, variance))),
    named(`${name}_high`, plus(column(name), margin(critical, variance))),
  ];
  return [
    {
      name: 'differences',
      columns: [
        named('difference', when(enough, minus(variant, control))),
        named('variance', when(enough, plus(column('variance_control'), column('variance_variant')))),
        named('pooled_variance', when(enough, pooledVariance)),
        named('lift', when(hasLift, minus(over(variant, control), 1))),
        named(
          'lift_variance',
          when(
            hasLift,
            call('suuupra_lift_variance', variant, column('variance_variant'), control, column('variance_control')),
          ),
        ),
      ],
    },
    stage('testable', compare(column('variance'), '>', 0)),
    stage(
      'degrees_of_freedom',
      when(
        and(testable, isMean),
        call(
          'suuupra_welch_degrees_of_freedom',
          column('variance_control'),
          usersControl,
          column('variance_variant'),
          usersVariant,
        ),
      ),
    ),
    {
      name: 'critical',
      columns: [
        named('t_critical', call('suuupra_student_t_critical', alpha, column('degrees_of_freedom'))),
        named(
          'statistic',
          when(
            testable,
            over(
              column('difference'),
              call('sqrt', call('if', column('is_rate'), column('pooled_variance'), column('variance'))),
            ),
          ),
        ),
      ],
    },
    {
      name: 'tested',
      columns: [
        ...interval('difference', call('if', isMean, column('t_critical'), column('z')), column('variance')),
        ...interval('lift', column('z'), column('lift_variance')),
        named(
          'p_value',
          call(
            'if',
            isMean,
            call('suuupra_student_t_two_sided_p', column('statistic'), column('degrees_of_freedom')),
            call('suuupra_normal_two_sided_p', column('statistic')),
          ),
        ),
      ],
    },
  ];
}

/** Intervals that hold at every look, the posterior, and the users that a test would need. */
function furtherStages(): readonly Stage[] {
  const [testable, isRate] = [column('testable'), column('is_rate')];
  const users = plus(column('users_control'), column('users_variant'));
  const radius = (variance: Expression): Expression =>
    call('suuupra_sequential_radius', users, variance, column('rho_squared'), alpha);
  const around = (name: string, of: Expression, variance: Expression): readonly Named[] => [
    named(`${name}_low`, when(testable, minus(of, radius(variance)))),
    named(`${name}_high`, when(testable, plus(of, radius(variance)))),
  ];
  // Beta(1, 1) and the counts; rows of other metrics get whole parameters that cost nothing.
  const parameters = (side: string): [Expression, Expression] => {
    const total = call('toFloat64', column(`users_${side}`));
    const successes = call('round', times(column(`value_${side}`), total));
    return [call('if', isRate, plus(1, successes), 1), call('if', isRate, plus(1, minus(total, successes)), 1)];
  };
  const error = call('sqrt', column('variance'));
  const spread = times(column('variance_control'), column('users_control'));
  const wanted = times(column('value_control'), column('effect'));
  return [
    {
      name: 'sequences',
      columns: [
        ...around('sequential', column('difference'), column('variance')),
        ...around('sequential_lift', column('lift'), column('lift_variance')),
        named(
          'sequential_p_value',
          when(
            testable,
            call('suuupra_sequential_p', column('difference'), users, column('variance'), column('rho_squared')),
          ),
        ),
      ],
    },
    // Chance of more, E max(C − T, 0), E max(T − C, 0)
    stage(
      'posterior',
      call(
        'if',
        isRate,
        call('suuupra_beta_posterior', ...parameters('variant'), ...parameters('control')),
        call(
          'array',
          call('suuupra_normal_chance_to_beat', column('difference'), error),
          call('suuupra_normal_expected_loss', column('difference'), error),
          call('suuupra_normal_expected_loss', call('negate', column('difference')), error),
        ),
      ),
    ),
    {
      name: 'posteriors',
      columns: ['chance_of_more', 'loss_of_more', 'loss_of_less'].map((name, index) =>
        named(name, when(and(testable, not(column('is_quantile'))), at('posterior', constant(index + 1)))),
      ),
    },
    {
      name: 'planned',
      columns: [
        named(
          'required_users_per_variant',
          when(
            and(column('enough'), not(column('is_quantile')), compare(spread, '>', 0)),
            call(
              'if',
              isRate,
              call(
                'suuupra_required_users_rate',
                column('value_control'),
                plus(column('value_control'), wanted),
                alpha,
                POWER,
              ),
              call('suuupra_required_users_mean', spread, wanted, alpha, POWER),
            ),
          ),
        ),
      ],
    },
  ];
}

/** p-values adjusted over all metrics and variants, and the decision. */
function decisionStages(): readonly Stage[] {
  const isMember = and(not(column('is_guardrail')), call('isFinite', column('p_value')));
  const adjusted = (name: 'suuupra_holm' | 'suuupra_benjamini_hochberg'): Expression =>
    call('if', isMember, call(name, column('p_value'), column('family')), column('p_value'));
  const rises = compare(column('goal'), '>', 0);
  const below = compare(column('sequential_high'), '<', 0);
  const above = compare(column('sequential_low'), '>', 0);
  const [worse, better] = [call('if', rises, below, above), call('if', rises, above, below)];
  const word = (name: string, text: string): Expression => value(name, 'String', text);
  return [
    {
      name: 'families',
      columns: [
        named('family', windowed(call('groupArrayIf', column('p_value'), isMember), {})),
        named('better', better),
        named('worse', worse),
        named(
          'guardrail_harmed',
          windowed(call('max', and(column('is_guardrail'), worse)), { partitionBy: [column('variant')] }),
        ),
      ],
    },
    {
      name: 'decided',
      columns: [
        named('p_holm', adjusted('suuupra_holm')),
        named('p_benjamini_hochberg', adjusted('suuupra_benjamini_hochberg')),
        named(
          'chance_to_beat_control',
          call('if', rises, column('chance_of_more'), minus(1, column('chance_of_more'))),
        ),
        named('expected_loss_variant', call('if', rises, column('loss_of_more'), column('loss_of_less'))),
        named('expected_loss_control', call('if', rises, column('loss_of_less'), column('loss_of_more'))),
        named(
          'decision',
          call(
            'multiIf',
            or(equal(column('users_control'), 0), equal(column('users_variant'), 0)),
            word('no_data', 'no data'),
            column('srm_mismatch'),
            word('broken_split', 'broken split'),
            or(column('guardrail_harmed'), column('worse')),
            word('stop', 'stop'),
            column('better'),
            word('ship', 'ship'),
            word('keep_running', 'keep running'),
          ),
        ),
      ],
    },
  ];
}

/** The rows of the answer, from the queries that lead to `collected`. */
export function comparison(definition: ExperimentDefinition, queries: Select['with']): Plan {
  const hasCovariate = definition.covariate !== undefined;
  const facts = [...ratioCheck(definition), ...(hasCovariate ? thetaStages(definition) : [])];
  const factColumns = [
    ...armColumns(definition),
    'variants',
    'all_variants',
    'srm_mismatch',
    ...(hasCovariate ? ['x_overall', 'thetas'] : []),
  ];
  const level = value('alpha', 'Float64', 1 - definition.confidence);
  const opening: readonly Stage[] = [
    { name: 'sides', columns: [...sides(), ...metricFacts(definition)] },
    {
      name: 'limits',
      columns: [
        named('enough', and(compare(column('users_control'), '>=', 2), compare(column('users_variant'), '>=', 2))),
        named('alpha', level),
        named('z', call('assumeNotNull', twoSidedQuantile(definition.confidence))),
        named(
          'rho_squared',
          call('suuupra_sequential_rho_squared', level, value('tuning', 'Float64', definition.tuning)),
        ),
      ],
    },
  ];
  const names = COLUMNS.map((one) => one.name);
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
    [...opening, ...fixedStages(), ...adjustmentStages(definition), ...furtherStages(), ...decisionStages()],
    [...names.filter((name) => name !== 'metric'), 'metric_index'],
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
