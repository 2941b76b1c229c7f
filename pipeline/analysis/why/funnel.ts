/**
 * Why a user stands where in a funnel. The best path of each of the user's units is the analysis' own (`paths`), found
 * with the label of the path's first event, which here is the event's identifier; taken.ts says which events it took.
 */
import { maskOf, shapeOf, unitColumns, unitQueries, type FunnelShape } from '../funnel/marks.ts';
import { pathQueries } from '../funnel/path-queries.ts';
import type { FunnelDefinition } from '../funnel/schema.ts';
import { eventsOf, isSelected } from '../parts/events.ts';
import { breakdownText, propertyForms } from '../parts/properties.ts';
import {
  and,
  call,
  column,
  compare,
  constant,
  equal,
  from,
  isIn,
  itself,
  named,
  select,
  subquery,
  value,
} from '../tree/build.ts';
import type { Expression, Named, Select } from '../tree/nodes.ts';
import { eventColumns, explained, NO_TEXT, ownEvents, type Explanation } from './explanation.ts';
import { funnelReason, funnelVerdict } from './funnel-reasons.ts';
import { word } from './reasons.ts';
import { routes, takenQueries } from './taken.ts';

/** The events of the units that the user has events in: of the user, or of all with the same value of the property. */
function within(definition: FunnelDefinition, user: string): Expression {
  const isUser = equal(column('user_id'), value('user', 'UUID', user));
  const { unit } = definition;
  if (typeof unit === 'string') return isUser;
  const { text } = propertyForms(unit.property);
  return isIn(text, subquery(eventsOf(definition, { columns: [named('unit', text)], where: isUser, groupBy: [text] })));
}

/** What an event is in the funnel, whatever the paths are. */
function judgedColumns(shape: FunnelShape): readonly Named[] {
  const { definition } = shape;
  const [first] = definition.steps;
  const names = [...definition.steps, ...definition.exclusions].map((item) => item.event);
  const { columns, exists } = unitColumns(definition);
  return [
    ...columns,
    named('has_unit', exists ?? true),
    named('mask', maskOf(shape)),
    named('is_entry', first === undefined ? false : isSelected(first)),
    named('is_known', isIn(column('event_type'), value('events', 'Array(String)', [...new Set(names)]))),
    named('label', definition.breakdown === undefined ? NO_TEXT : breakdownText(definition.breakdown)),
  ];
}

/** `placed`: each event of the user beside the path of its unit. */
function placed(keys: readonly string[], own: readonly string[]): Select {
  return select({
    columns: [...eventColumns, ...own.map(itself), ...routes.map(itself), itself('taken')],
    from: from('own'),
    joins: [{ type: 'left', source: from('taken'), using: keys }],
  });
}

/** The step of the path that an event was taken as, 0 for none. */
const step = call('indexOf', column('taken'), column('id'));

export function explainFunnel(definition: FunnelDefinition, user: string): Explanation {
  const shape: FunnelShape = {
    ...shapeOf({ ...definition, breakdown: 'event_id' }),
    within: within(definition, user),
  };
  const keys = unitColumns(definition).columns.map((item) => item.as);
  const own = judgedColumns({ ...shape, definition });
  const { unit } = definition;
  const isExclusion = and(
    compare(call('bitAnd', column('mask'), 2 ** definition.exclusions.length - 1), '>', 0),
    equal(column('step'), 0),
  );
  const names = own.map((item) => item.as);
  return {
    queries: [
      ...unitQueries(shape),
      ...pathQueries(shape, definition.order === 'ordered' ? ['mask', 'candidates', ...keys] : ['candidates', ...keys]),
      ...takenQueries(shape, keys),
      ownEvents(definition, user, own),
      { name: 'placed', is: placed(keys, names) },
      {
        name: 'stepped',
        is: select({
          columns: [...eventColumns, ...names.map(itself), ...routes.map(itself), named('step', step)],
          from: from('placed'),
        }),
      },
      ...funnelReason(shape, names),
      explained('reasoned', {
        role: call(
          'multiIf',
          compare(column('step'), '>', 0),
          call('concat', word('step '), call('toString', column('step'))),
          definition.exclusions.length === 0 ? constant(false) : isExclusion,
          word('exclusion'),
          null,
        ),
        cell: unit === 'user' ? NO_TEXT : call('toNullable', column(unit === 'session' ? 'session_id' : 'unit')),
        reason: column('why_not'),
      }),
    ],
    ...funnelVerdict(shape),
  };
}
