import { type Stage } from '../parts/stages.ts';
import { call, column, minus, named, plus } from '../tree/build.ts';
import type { Expression, Named } from '../tree/nodes.ts';
import { when } from './numbers.ts';

const alpha = column('alpha');

/** Asymptotic confidence sequences, which hold at every look. */
export function sequentialStages(): readonly Stage[] {
  const testable = column('testable');
  const users = plus(column('users_control'), column('users_variant'));
  const radius = (variance: Expression): Expression =>
    call('suuupra_sequential_radius', users, variance, column('rho_squared'), alpha);
  const around = (name: string, of: Expression, variance: Expression): readonly Named[] => [
    named(`${name}_low`, when(testable, minus(of, radius(variance)))),
    named(`${name}_high`, when(testable, plus(of, radius(variance)))),
  ];
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
  ];
}
