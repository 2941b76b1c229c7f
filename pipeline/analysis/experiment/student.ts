/** Student's t distribution for the tests of a pair of variants. */
import { type Stage } from '../parts/stages.ts';
import { call, column, lambda, named, over, times } from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';
import type { ExperimentDefinition } from './schema.ts';

const adjustedVariance = column('cuped_variance');
const statistics = (adjusted: boolean): readonly Expression[] => [
  column('statistic'),
  ...(adjusted ? [over(column('cuped_difference'), call('sqrt', adjustedVariance))] : []),
];
const degrees = (adjusted: boolean): readonly Expression[] => [
  column('degrees_of_freedom'),
  ...(adjusted ? [column('cuped_degrees')] : []),
];

/** Results of the stages below: two-sided and one-sided half widths in standard errors, and p-values. */
export const student = {
  critical: call('arrayElement', column('t_criticals'), 1),
  oneSidedCritical: call('arrayElement', column('t_criticals'), 2),
  adjustedCritical: call('arrayElement', column('t_criticals'), 3),
  pValue: call('arrayElement', column('t_p_values'), 1),
  adjustedPValue: call('arrayElement', column('t_p_values'), 2),
};

/**
 * Everything that is asked of the distribution, each function called once over an array, since the engine expands a
 * function as text wherever it stands.
 */
export function studentStages({ covariate }: ExperimentDefinition): readonly Stage[] {
  const adjusted = covariate !== undefined;
  const alpha = column('alpha');
  const levels = [alpha, call('least', times(2, alpha), 1), ...(adjusted ? [alpha] : [])];
  const overLists = (
    name: 'suuupra_student_t_critical' | 'suuupra_student_t_two_sided_p',
    first: readonly Expression[],
    freedom: readonly Expression[],
  ): Expression =>
    call(
      'arrayMap',
      lambda(['argument', 'freedom'], call(name, column('argument'), column('freedom'))),
      call('array', ...first),
      call('array', ...freedom),
    );
  return [
    {
      name: 'student',
      columns: [
        named(
          't_criticals',
          overLists('suuupra_student_t_critical', levels, [column('degrees_of_freedom'), ...degrees(adjusted)]),
        ),
        named('t_p_values', overLists('suuupra_student_t_two_sided_p', statistics(adjusted), degrees(adjusted))),
      ],
    },
  ];
}
