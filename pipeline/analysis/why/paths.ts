/** Which node of its session's path each event is. */
import { anchored, sessions, type PathsDefinition } from '../paths/paths.ts';
import { propertyForms } from '../parts/properties.ts';
import {
  call,
  column,
  compare,
  constant,
  equal,
  from,
  itself,
  minus,
  named,
  not,
  plus,
  select,
} from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';
import {
  eventColumns,
  explained,
  countedCells,
  countedEvents,
  tallied,
  ownEvents,
  reasonOf,
  restricted,
  type Explanation,
} from './explanation.ts';
import { because, word } from './reasons.ts';

/** A path of one node has no edge and is not counted. */
export function explainPaths(definition: PathsDefinition, user: string): Explanation {
  const { begin, length, first } = anchored(definition);
  const { node } = definition;
  const isThere = node === undefined ? constant(true) : call('isNotNull', propertyForms(node).text);
  const position = column('position');
  const isCounted: Expression = compare(column('nodes_of_path'), '>', 1);
  return {
    queries: [
      ...sessions(restricted(definition, user), true),
      {
        name: 'paths',
        is: select({
          columns: [
            named('path_session', column('session')),
            named('path', call('arraySlice', column('ids'), begin, length)),
            named('first', call('toInt64', first)),
          ],
          from: from('sessions'),
        }),
      },
      {
        name: 'members',
        is: select({
          columns: [
            named('session', column('path_session')),
            itself('id'),
            named('position', call('toUInt64', minus(plus(column('first'), column('number')), 1))),
            named('nodes_of_path', call('length', column('path'))),
          ],
          from: from('paths'),
          arrayJoin: [named('id', column('path')), named('number', call('arrayEnumerate', column('path')))],
        }),
      },
      {
        name: 'in_range',
        is: select({
          columns: [named('shown_ids', call('groupArrayArray', column('ids')))],
          from: from('sessions'),
        }),
      },
      ownEvents(definition, user, [named('has_node', isThere)]),
      {
        name: 'placed',
        is: select({
          columns: [
            ...eventColumns,
            ...['has_node', 'session', 'position', 'nodes_of_path'].map(itself),
            named('is_shown', call('has', column('shown_ids'), column('id'))),
          ],
          from: from('own'),
          joins: [
            { type: 'left', source: from('members'), using: ['id'] },
            { type: 'cross', source: from('in_range') },
          ],
        }),
      },
      explained('placed', {
        role: call('if', isCounted, call('concat', word('node '), call('toString', position)), null),
        cell: call(
          'if',
          equal(position, 0),
          null,
          call('concat', word('session '), call('toString', column('session'))),
        ),
        reason: reasonOf(
          not(column('has_node')),
          because('no_unit'),
          not(column('is_shown')),
          because('out_of_range'),
          not(isCounted),
          because('outside_path'),
          null,
        ),
      }),
    ],
    // Edges of all paths: one less than nodes in each.
    ...tallied(
      minus(countedEvents, countedCells),
      'outside_path',
      'out_of_range',
      'no_unit',
      'filtered',
      'after_as_of',
    ),
  };
}
