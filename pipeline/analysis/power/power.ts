import { columns, defineAnalysis, type Plan } from '../analysis.ts';
import { stage, staged } from '../parts/stages.ts';
import { call, column, compare, from, itself, named, over, plus, select, times, value } from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';
import { observed } from './observed.ts';
import { powerFaults, powerSchema, type PowerDefinition } from './schema.ts';

const COLUMNS = columns({
  metric: 'text?',
  users: 'count?',
  baseline: 'number?',
  variance: 'number?',
  minimum_effect: 'number',
  required_users_per_variant: 'number?',
  required_users: 'number?',
  daily_users: 'number?',
  days: 'number?',
  days_with_window: 'number?',
  users_per_variant: 'count?',
  detectable_effect: 'number?',
});

const DAY_SECONDS = 86_400;
const NOTHING = over(call('toFloat64', 0), 0);

/** The smallest part of all users that a variant gets. */
function smallestShare({ split, variants }: PowerDefinition): number {
  const whole = (split ?? []).reduce((sum, share) => sum + share, 0);
  return split === undefined ? 1 / variants : Math.min(...split) / whole;
}

function plan(definition: PowerDefinition): Plan {
  const { metric, baseline: given, variance: spread, users_per_variant: users, daily_users: daily } = definition;
  const isRate = metric === undefined ? given !== undefined && spread === undefined : metric.type === 'conversion';
  const level = [
    value('alpha', 'Float64', 1 - definition.confidence),
    value('power', 'Float64', definition.power),
  ] as const;
  const [baseline, variance] = [column('known_baseline'), column('known_variance')];
  const effect = value('minimum_effect', 'Float64', definition.minimum_effect);
  const wanted = call('abs', times(baseline, effect));
  const required: Expression = isRate
    ? call('suuupra_required_users_rate', baseline, plus(baseline, wanted), ...level)
    : call('if', compare(variance, '>', 0), call('suuupra_required_users_mean', variance, wanted, ...level), NOTHING);
  const number = users === undefined ? NOTHING : value('users_per_variant', 'Float64', users);
  const found: Expression = isRate
    ? call('suuupra_detectable_effect_rate', baseline, number, ...level)
    : call('suuupra_detectable_effect_mean', variance, number, ...level);
  const stages = [
    {
      name: 'known',
      columns: [
        named('known_baseline', call('ifNull', column('baseline'), NOTHING)),
        named('known_variance', call('ifNull', column('variance'), NOTHING)),
        named('arriving', daily === undefined ? column('users_per_day') : value('daily_users', 'Float64', daily)),
      ],
    },
    {
      name: 'sized',
      columns: [named('per_variant', required), named('difference', users === undefined ? NOTHING : found)],
    },
    stage(
      'in_total',
      call('ceil', over(column('per_variant'), value('smallest_share', 'Float64', smallestShare(definition)))),
    ),
    stage('all_days', call('ceil', over(column('in_total'), column('arriving')))),
  ];
  const orNull = (of: Expression): Expression => call('if', call('isFinite', of), of, null);
  const query = select({
    with: [
      ...observed(definition, metric),
      ...staged({ name: 'observed', columns: ['users', 'baseline', 'variance', 'users_per_day'] }, stages, [
        'users',
        'known_baseline',
        'known_variance',
        'arriving',
        'per_variant',
        'difference',
        'in_total',
        'all_days',
      ]),
    ],
    columns: [
      named('metric', metric === undefined ? null : value('metric', 'String', metric.name)),
      itself('users'),
      named('baseline', orNull(baseline)),
      named('variance', orNull(variance)),
      named('minimum_effect', effect),
      named('required_users_per_variant', orNull(column('per_variant'))),
      named('required_users', orNull(column('in_total'))),
      named('daily_users', orNull(column('arriving'))),
      named('days', orNull(column('all_days'))),
      named(
        'days_with_window',
        orNull(plus(column('all_days'), value('window_days', 'Float64', definition.window_seconds / DAY_SECONDS))),
      ),
      named('users_per_variant', users === undefined ? null : value('users', 'UInt64', users)),
      named('detectable_effect', orNull(over(column('difference'), call('abs', baseline)))),
    ],
    from: from('all_days'),
  });
  return { query, columns: COLUMNS };
}

/**
 * Power: what an experiment on a metric needs.
 *
 *   exposures → exposed users → participants → the metric's value and variance → users, days, detectable effect
 */
export const power = defineAnalysis({ name: 'power', schema: powerSchema, check: powerFaults, compile: plan });
