/** Sample ratio mismatch: whether users came to the variants in the planned proportions. */
import { call, column, compare, constant, equal, lambda, minus, named, over, times, value } from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';
import { stage, type Stage } from '../parts/stages.ts';
import type { ExperimentDefinition } from './schema.ts';

/** The variants of a planned split as a bound list; of none planned: those that were seen. */
const plannedVariants = ({ split }: ExperimentDefinition): Expression =>
  split === undefined ? column('variants') : value('split_variants', 'Array(String)', Object.keys(split));

/** The planned share of the variant that the lambda's argument `one` names. */
function share({ split }: ExperimentDefinition): Expression {
  if (split === undefined) return over(1, call('length', column('variants')));
  const weights = Object.values(split);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = value(
    'split_shares',
    'Array(Float64)',
    weights.map((weight) => weight / whole),
  );
  return call(
    'arrayElement',
    shares,
    call('indexOf', plannedVariants({ split } as ExperimentDefinition), column('one')),
  );
}

/**
 * Stages over one row with the arrays `variants` and `users`: `all_variants`, and `srm_chi2`, `srm_p_value` and
 * `srm_mismatch` by Pearson's chi-square test, and `srm_sequential_…`, which may be looked at every day. A variant outside
 * the planned split makes the mismatch certain.
 */
export function ratioCheck(definition: ExperimentDefinition): readonly Stage[] {
  const usersOf = call('arrayElement', column('users'), call('indexOf', column('variants'), column('one')));
  const expected = times(call('arraySum', column('users')), share(definition));
  const deviation = minus(call('toFloat64', usersOf), expected);
  const terms = call('arrayMap', lambda(['one'], over(times(deviation, deviation), expected)), column('all_variants'));
  const degrees = minus(call('length', column('all_variants')), constant(1));
  const each = (of: Expression): Expression => call('arrayMap', lambda(['one'], of), column('all_variants'));
  const isBelow = (name: string): Expression =>
    call('ifNull', compare(column(name), '<', value('srm_threshold', 'Float64', definition.srm_threshold)), false);
  return [
    stage(
      'all_variants',
      call('arraySort', call('arrayDistinct', call('arrayConcat', column('variants'), plannedVariants(definition)))),
    ),
    {
      name: 'ratio_chi_square',
      columns: [named('srm_chi2', call('arraySum', terms)), named('srm_degrees', degrees)],
    },
    stage(
      'srm_p_value',
      call(
        'multiIf',
        compare(column('srm_degrees'), '<', 1),
        null,
        equal(column('srm_chi2'), over(1, call('toFloat64', 0))),
        0,
        call('suuupra_chi_square_p', column('srm_chi2'), column('srm_degrees')),
      ),
    ),
    stage('srm_mismatch', isBelow('srm_p_value')),
    {
      name: 'srm_sequential',
      columns: [
        named(
          'srm_sequential_p_value',
          call(
            'if',
            compare(column('srm_degrees'), '<', 1),
            null,
            call('suuupra_sequential_split_p', each(usersOf), each(share(definition))),
          ),
        ),
      ],
    },
    stage('srm_sequential_mismatch', isBelow('srm_sequential_p_value')),
  ];
}
