import { stage, type Stage } from '../parts/stages.ts';
import { and, call, column, minus, named, not, plus, times } from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';
import { when } from './numbers.ts';

/** Chances and losses, named by which of both is more: the goal decides later what is better. */
export function posteriorStages(): readonly Stage[] {
  const [testable, isRate] = [column('testable'), column('is_rate')];
  // Beta(1, 1) and the counts; other metrics and empty arms get whole parameters that cost nothing.
  const isProper = and(testable, isRate);
  const parameters = (side: string): [Expression, Expression] => {
    const total = call('toFloat64', column(`users_${side}`));
    const successes = call('round', times(column(`value_${side}`), total));
    return [call('if', isProper, plus(1, successes), 1), call('if', isProper, plus(1, minus(total, successes)), 1)];
  };
  const error = call('sqrt', column('variance'));
  return [
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
        named(
          name,
          when(and(testable, not(column('is_quantile'))), call('arrayElement', column('posterior'), index + 1)),
        ),
      ),
    },
  ];
}
