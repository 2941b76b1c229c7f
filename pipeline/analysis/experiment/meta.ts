import { columns, type PlannedQuery } from '../analysis.ts';
import { fused, staged } from '../parts/stages.ts';
import { and, call, cast, column, compare, from, itself, named, not, select } from '../tree/build.ts';
import type { Select } from '../tree/nodes.ts';
import { ratioCheck } from './ratio-check.ts';
import type { ExperimentDefinition } from './schema.ts';
import { isAnalysed } from './users.ts';

const COLUMNS = columns({
  exposed_users: 'count',
  excluded_users: 'count',
  incomplete_users: 'count',
  srm_chi2: 'number?',
  srm_p_value: 'number?',
  srm_mismatch: 'boolean',
  srm_sequential_p_value: 'number?',
  srm_sequential_mismatch: 'boolean',
});

/** How many users were exposed, left out and not yet through their window, and the check of the split. */
export function meta(definition: ExperimentDefinition, exposed: Select['with']): PlannedQuery {
  const counts = ['exposed_users', 'excluded_users', 'incomplete_users'];
  const analysed = isAnalysed(definition);
  const hasUsers = compare(column('analysed_users'), '>', 0);
  const names = COLUMNS.map(({ name }) => name);
  const stages = fused(ratioCheck(definition), names);
  const query = select({
    with: [
      ...exposed,
      {
        name: 'assigned',
        is: select({
          columns: [
            itself('variant'),
            named('analysed_users', call('countIf', analysed)),
            named('exposed_users', call('count')),
            named('excluded_users', call('countIf', column('mixed'))),
            named('incomplete_users', call('countIf', and(column('incomplete'), not(column('mixed'))))),
          ],
          from: from('exposed'),
          groupBy: [column('variant')],
        }),
      },
      {
        name: 'collected',
        is: select({
          columns: [
            named('variants', call('groupArrayIf', column('variant'), hasUsers)),
            named('users', call('groupArrayIf', column('analysed_users'), hasUsers)),
            ...counts.map((name) => named(name, call('sum', column(name)))),
          ],
          from: from('assigned'),
        }),
      },
      ...staged({ name: 'collected', columns: ['variants', 'users', ...counts] }, stages, names),
    ],
    columns: COLUMNS.map(({ name, type }) =>
      type === 'boolean' ? named(name, cast(column(name), 'Bool')) : itself(name),
    ),
    from: from(stages.at(-1)?.name ?? 'collected'),
  });
  return { query, columns: COLUMNS };
}
