/** Which session of the analysis each event fell into. */
import { sessionQueries } from '../sessions/split.ts';
import { chosen, type SessionsDefinition } from '../sessions/sessions.ts';
import { call, column, compare, from, itself, named, select } from '../tree/build.ts';
import {
  eventColumns,
  explained,
  countedCells,
  tallied,
  ownEvents,
  reasonOf,
  restricted,
  type Explanation,
} from './explanation.ts';
import { because, word } from './reasons.ts';

/** A session is named by its number among those of the user, its cell by its first event. */
export function explainSessions(definition: SessionsDefinition, user: string): Explanation {
  const session = column('session');
  const isThere = compare(session, '>', 0);
  const started = call('suuupra_time_text', call('fromUnixTimestamp64Milli', column('session_start')));
  return {
    queries: [
      ...sessionQueries(restricted(definition, user), definition.gap_seconds),
      {
        name: 'starts',
        is: select({
          columns: [itself('session'), named('session_start', call('min', column('at')))],
          from: from('numbered'),
          groupBy: [session],
        }),
      },
      {
        name: 'members',
        is: select({
          columns: ['id', 'session', 'session_start'].map(itself),
          from: from('numbered'),
          joins: [{ type: 'inner', source: from('starts'), using: ['session'] }],
        }),
      },
      ownEvents(definition, user, []),
      {
        name: 'placed',
        is: select({
          columns: [...eventColumns, itself('session'), itself('session_start')],
          from: from('own'),
          joins: [{ type: 'left', source: from('members'), using: ['id'] }],
        }),
      },
      explained('placed', {
        role: call('if', isThere, call('concat', word('session '), call('toString', session)), null),
        cell: call('if', isThere, started, null),
        reason: reasonOf(call('not', chosen(definition) ?? true), because('out_of_range'), null),
      }),
    ],
    ...tallied(countedCells, 'out_of_range', 'filtered', 'after_as_of'),
  };
}
