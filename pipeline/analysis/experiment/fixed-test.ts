/** The test for one look: differences, intervals, p-values. */
import { stage, type Stage } from '../parts/stages.ts';
import { and, call, column, compare, minus, named, over, plus, times, unequal } from '../tree/build.ts';
import type { Expression, Named } from '../tree/nodes.ts';
import { when } from './numbers.ts';
import { student } from './student.ts';

/** Differences, their variances and the statistics of the fixed test. */
export function differenceStages(): readonly Stage[] {
  const [usersControl, usersVariant] = [column('users_control'), column('users_variant')];
  const [control, variant] = [column('value_control'), column('value_variant')];
  const [enough, testable, isMean] = [column('enough'), column('testable'), column('is_mean')];
  const pooled = over(
    plus(times(control, usersControl), times(variant, usersVariant)),
    plus(usersControl, usersVariant),
  );
  const pooledVariance = times(pooled, minus(1, pooled), plus(over(1, usersControl), over(1, usersVariant)));
  const hasLift = and(enough, unequal(control, 0));
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
      name: 'statistics',
      columns: [
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
  ];
}

/** Intervals and p-values from the differences and what Student's distribution says of them. */
export function testedStages(): readonly Stage[] {
  const isMean = column('is_mean');
  const margin = (critical: Expression, variance: Expression): Expression =>
    call('if', compare(variance, '>', 0), times(critical, call('sqrt', variance)), times(0, variance));
  const interval = (name: string, critical: Expression, variance: Expression): readonly Named[] => [
    named(`${name}_low`, minus(column(name), margin(critical, variance))),
    named(`${name}_high`, plus(column(name), margin(critical, variance))),
  ];
  /** Each bound alone holds with the confidence: what a guardrail asks. */
  const oneSided = (critical: Expression, variance: Expression): readonly Named[] => [
    named('one_sided_low', minus(column('difference'), margin(critical, variance))),
    named('one_sided_high', plus(column('difference'), margin(critical, variance))),
  ];
  return [
    {
      name: 'tested',
      columns: [
        ...interval('difference', call('if', isMean, student.critical, column('z')), column('variance')),
        ...interval('lift', column('z'), column('lift_variance')),
        ...oneSided(call('if', isMean, student.oneSidedCritical, column('one_sided_z')), column('variance')),
        named('p_value', call('if', isMean, student.pValue, call('suuupra_normal_two_sided_p', column('statistic')))),
      ],
    },
  ];
}
