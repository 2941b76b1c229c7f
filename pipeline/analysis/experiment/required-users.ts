import { type Stage } from '../parts/stages.ts';
import { and, call, column, compare, named, not, plus, times } from '../tree/build.ts';
import { when } from './numbers.ts';

const POWER = 0.8;
const alpha = column('alpha');

/** The users that a test of each metric would need. */
export function requiredStages(): readonly Stage[] {
  const isRate = column('is_rate');
  const spread = times(column('variance_control'), column('users_control'));
  const wanted = times(column('value_control'), column('effect'));
  return [
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
