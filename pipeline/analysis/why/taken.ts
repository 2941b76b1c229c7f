/** Which events the best path of a unit took as its steps. */
import { stepBit, type FunnelShape } from '../funnel/marks.ts';
import { millisecondsValue } from '../parts/values.ts';
import {
  and,
  call,
  column,
  compare,
  equal,
  from,
  itself,
  lambda,
  minus,
  named,
  not,
  or,
  plus,
  select,
  unequal,
} from '../tree/build.ts';
import type { Expression, Named, Select } from '../tree/nodes.ts';

const at = (array: Expression, index: Expression | number): Expression => call('arrayElement', array, index);
const part = (of: string, index: number): Expression => call('tupleElement', column(of), index);

/** Columns of `routes` beside the keys of the unit. */
export const routes = ['level', 'start', 'times', 'first_event', 'starts', 'excluded'] as const;

/** Starts of the unit that count for nothing: only an exclusion brings an event that is step 1 to level 0. */
function excludedStarts(shape: FunnelShape): Expression {
  const isNothing = equal(part('candidate', 1), 0);
  const time = lambda(['candidate'], part('candidate', 2));
  const { order, exclusions } = shape.definition;
  if (exclusions.length === 0) return call('arrayMap', time, call('arrayResize', column('candidates'), 0));
  // In ordered there is a candidate for every event, in strict one for every start.
  if (order !== 'ordered')
    return call('arrayMap', time, call('arrayFilter', lambda(['candidate'], isNothing), column('candidates')));
  const isStart = call('bitTest', column('mask'), stepBit(shape, 1));
  const filtered = call(
    'arrayFilter',
    lambda(['candidate', 'mask'], and(isNothing, isStart)),
    column('candidates'),
    column('mask'),
  );
  return call('arrayMap', time, filtered);
}

/** `routes`: per unit the path by its level and times, and what the other starts came to. */
function routeColumns(shape: FunnelShape): readonly Named[] {
  const steps = Array.from({ length: shape.steps }, (_, index) =>
    column(index === 0 ? 'start' : `step_${String(index + 1)}`),
  );
  return [
    itself('level'),
    itself('start'),
    named('times', call('arraySlice', call('array', ...steps), 1, column('level'))),
    named('first_event', column('label')),
    named(
      'starts',
      call(
        'arrayMap',
        lambda(['candidate'], call('tuple', part('candidate', 1), part('candidate', 2))),
        column('candidates'),
      ),
    ),
    named('excluded', excludedStarts(shape)),
  ];
}

/**
 * Each step takes, of the events of its millisecond that no step before has taken, the one of the smallest identifier.
 * The first event of the path is known. In strict order the steps behind must still find events of their own: by Hall's
 * theorem they do when every set of them has at least as many events.
 */
function takenPositions(shape: FunnelShape): Expression {
  const { order } = shape.definition;
  const [taken, step, position, events, times] = ['taken', 'step', 'position', 'events', 'times'].map((name) =>
    column(name),
  ) as [Expression, Expression, Expression, Expression, Expression];
  const time = at(times, step);
  const is = (mask: Expression, one: Expression): Expression => call('bitTest', mask, plus(one, stepBit(shape, 1) - 1));
  const fits = and(
    // In any order each step takes the earliest in the window, which is all that is here.
    ...(order === 'any' ? [] : [equal(part('event', 1), time)]),
    is(part('event', 3), step),
    not(call('has', taken, position)),
    ...(order === 'any' ? [] : [or(compare(step, '>', 1), equal(part('event', 4), column('first_event')))]),
    ...(order === 'strict' && shape.overlapping ? [leavesEnough(shape)] : []),
  );
  const next = call('arrayFirstIndex', lambda(['event', 'position'], fits), events, call('arrayEnumerate', events));
  return call(
    'arrayFold',
    lambda(['taken', 'step'], call('arrayPushBack', taken, next)),
    call('range', 1, plus(call('toUInt8', column('level')), 1)),
    call('arrayResize', call('arrayEnumerate', events), 0),
  );
}

function leavesEnough(shape: FunnelShape): Expression {
  const behind = call(
    'arrayFilter',
    lambda(
      ['later'],
      and(
        compare(column('later'), '>', column('step')),
        equal(at(column('times'), column('later')), at(column('times'), column('step'))),
      ),
    ),
    call('arrayEnumerate', column('times')),
  );
  const isOneOf = unequal(call('bitAnd', part('other', 3), column('set')), 0);
  const isFree = and(
    equal(part('other', 1), at(column('times'), column('step'))),
    unequal(column('other_position'), column('position')),
    not(call('has', column('taken'), column('other_position'))),
  );
  const events = call(
    'arrayCount',
    lambda(['other', 'other_position'], and(isFree, isOneOf)),
    column('events'),
    call('arrayEnumerate', column('events')),
  );
  const bits = call(
    'arraySum',
    lambda(['later'], call('bitShiftLeft', call('toUInt32', 2 ** stepBit(shape, 1)), minus(column('later'), 1))),
    behind,
  );
  const sets = call(
    'arrayFilter',
    lambda(['set'], equal(call('bitAnd', column('set'), bits), column('set'))),
    call(
      'arrayMap',
      lambda(['number'], call('bitShiftLeft', call('toUInt32', column('number')), stepBit(shape, 1))),
      call('range', 1, 2 ** shape.steps),
    ),
  );
  return call('arrayAll', lambda(['set'], compare(events, '>=', call('bitCount', column('set')))), sets);
}

/**
 * The queries `routes` and `taken`: per unit what `routes` says, and the identifiers of the events that its path took, in
 * the order of the steps. Each query is read by one other only: the engine computes a named query for every use.
 */
export function takenQueries(shape: FunnelShape, keys: readonly string[]): Select['with'] {
  const event = call('tuple', column('at'), column('id'), column('mask'), column('label'));
  const route = (name: string): string => `path_${name}`;
  const handedOn = [...keys, ...routes];
  const [moment, start] = [column('at'), column(route('start'))];
  const end = plus(start, millisecondsValue('window_milliseconds', shape.definition.window_seconds));
  const isOnPath =
    shape.definition.order === 'any'
      ? and(compare(moment, '>=', start), compare(moment, '<=', end))
      : call('has', column(route('times')), moment);
  const eventsAt = call(
    'arrayMap',
    lambda(['position'], call('tupleElement', at(column('events'), column('position')), 2)),
    column('positions'),
  );
  return [
    { name: 'routes', is: select({ columns: [...keys.map(itself), ...routeColumns(shape)], from: from('paths') }) },
    {
      name: 'routed',
      is: select({
        columns: [
          ...[...keys, 'at', 'id', 'mask', 'label'].map(itself),
          ...routes.map((name) => named(route(name), column(name))),
        ],
        from: from('marks'),
        joins: [{ type: 'inner', source: from('routes'), using: keys }],
      }),
    },
    {
      name: 'on_path',
      is: select({
        columns: [
          ...keys.map(itself),
          named('events', call('arraySort', call('groupArrayIf', event, isOnPath))),
          ...routes.map((name) => named(name, call('any', column(route(name))))),
        ],
        from: from('routed'),
        groupBy: keys.map((name) => column(name)),
      }),
    },
    {
      name: 'positions',
      is: select({
        columns: [...handedOn.map(itself), itself('events'), named('positions', takenPositions(shape))],
        from: from('on_path'),
      }),
    },
    {
      name: 'taken',
      is: select({ columns: [...handedOn.map(itself), named('taken', eventsAt)], from: from('positions') }),
    },
  ];
}
