/** From one row with all variants to a row per metric and variant. */
import { call, column, compare, equal, from, itself, lambda, named, select, unequal, value } from '../tree/build.ts';
import type { Expression, Named, Select } from '../tree/nodes.ts';
import { armColumns, isAdjustable } from './arms.ts';
import { when } from './numbers.ts';
import type { ExperimentDefinition, Metric } from './schema.ts';

/** Facts of the metric of a row, from lists with one entry per metric. */
export function metricFacts({ metrics, minimum_effect: effect }: ExperimentDefinition): readonly Named[] {
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
export function pairQueries(definition: ExperimentDefinition, facts: string): Select['with'] {
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

/** What is known of the control and of the variant of a row. */
export function sides(): readonly Named[] {
  return (['control', 'variant'] as const).flatMap((side) => {
    const index = column(`${side}_index`);
    const users = call('arrayElement', column('users'), index);
    const of = (array: string): Expression =>
      call('arrayElement', call('arrayElement', column(array), index), column('metric_index'));
    const isThere = compare(users, '>', 0);
    return [
      named(`users_${side}`, users),
      named(`value_${side}`, when(isThere, of('estimates'))),
      named(`variance_${side}`, when(isThere, of('variances'))),
    ];
  });
}
