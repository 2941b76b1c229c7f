/** Sessions from the times of events: shared by all analyses that speak of sessions. */
import type { CommonDefinition } from '../definitions/common.ts';
import { eventsOf, milliseconds } from '../parts/events.ts';
import { millisecondsValue } from '../parts/values.ts';
import { ascending, call, column, compare, from, itself, minus, named, or, select, windowed } from '../tree/build.ts';
import type { Expression, Named, Select } from '../tree/nodes.ts';

/** Pauses of more than this many seconds end a session, unless a definition says otherwise. */
export const DEFAULT_GAP_SECONDS = 1800;

const user = column('user_id');
const at = column('at');
/** Events of one millisecond in the order of their identifiers, as the contract has it. */
export const inOrder = [ascending(at), ascending(column('id'))];

/**
 * The queries `marked` and `numbered`: every event with `user_id`, `at` (milliseconds), `id`, the number of its `session`
 * among those of the user, and the columns asked for. A gap of more than `gapSeconds` begins a new session.
 */
export function sessionQueries(
  definition: CommonDefinition,
  gapSeconds: number,
  extra: readonly Named[] = [],
): Select['with'] {
  const before = windowed(call('lagInFrame', call('toNullable', at)), {
    partitionBy: [user],
    orderBy: inOrder,
    frame: { unit: 'rows', from: 'unbounded', to: 'unbounded' },
  });
  const kept = ['user_id', 'at', 'id', ...extra.map((one) => one.as)];
  const begins: Expression = or(
    call('isNull', column('before')),
    compare(minus(at, call('assumeNotNull', column('before'))), '>', millisecondsValue('gap', gapSeconds)),
  );
  return [
    {
      name: 'timed',
      is: eventsOf(definition, {
        columns: [
          itself('user_id'),
          named('at', milliseconds),
          named('id', call('UUIDToNum', column('event_id'))),
          ...extra,
        ],
      }),
    },
    { name: 'marked', is: select({ columns: [...kept.map(itself), named('before', before)], from: from('timed') }) },
    {
      name: 'numbered',
      is: select({
        columns: [
          ...kept.map(itself),
          named(
            'session',
            windowed(call('countIf', begins), {
              partitionBy: [user],
              orderBy: inOrder,
              frame: { unit: 'rows', from: 'unbounded', to: 0 },
            }),
          ),
        ],
        from: from('marked'),
      }),
    },
  ];
}
