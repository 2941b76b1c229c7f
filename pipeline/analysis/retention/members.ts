/**
 * Who belongs to which cohort, and when they came back. Both in slots: periods, or days where brackets count days.
 */
import { allOf, eventsOf, isSelected, milliseconds } from '../parts/events.ts';
import { dayOf, periodOf } from '../parts/calendar.ts';
import { stage, staged } from '../parts/stages.ts';
import {
  and,
  call,
  column,
  compare,
  constant,
  equal,
  from,
  itself,
  lambda,
  named,
  not,
  or,
  select,
  unequal,
} from '../tree/build.ts';
import type { Expression, Select } from '../tree/nodes.ts';
import type { RetentionDefinition } from './schema.ts';

/** Whether any event is a start and any event is a return: then the start itself is activity enough. */
export const isDefault = ({ start, return: back }: RetentionDefinition): boolean =>
  [start, back].every(({ event, filters }) => event === undefined && filters.length === 0);

/** The slot that an event lies in. */
export const slotOf = ({ mode, period, timezone }: RetentionDefinition): Expression => {
  const day = dayOf(column('timestamp'), timezone);
  return mode === 'bracket' ? day : periodOf(day, period);
};

/** The cohort that a slot belongs to. */
const cohortOf = ({ mode, period }: RetentionDefinition, slot: Expression): Expression =>
  mode === 'bracket' ? periodOf(slot, period) : slot;

/**
 * One row per user and slot. `returned` asks for an event other than the slot's first start, at or after it: a return
 * that is no start, or one that is a start but not that one. Starts are ordered by time and identifier, so the last one
 * that is also a return is the first start itself only if there is no other.
 */
function slots(definition: RetentionDefinition): readonly Select[] {
  const event = call('tuple', column('at'), column('id'));
  const [isStart, isReturn] = [column('is_start'), column('is_return')];
  const events = eventsOf(definition, {
    columns: [
      itself('user_id'),
      named('slot', slotOf(definition)),
      named('at', milliseconds),
      named('id', call('UUIDToNum', column('event_id'))),
      named('is_start', isSelected(definition.start)),
      named('is_return', isSelected(definition.return)),
    ],
    where: allOf(or(isSelected(definition.start), isSelected(definition.return))),
  });
  const perSlot = select({
    columns: [
      itself('user_id'),
      itself('slot'),
      named('starts', call('countIf', isStart)),
      named('first_start', call('minIf', event, isStart)),
      named('returns', call('countIf', isReturn)),
      named('plain_returns', call('countIf', and(isReturn, not(isStart)))),
      named('last_plain_return', call('maxIf', column('at'), and(isReturn, not(isStart)))),
      named('starting_returns', call('countIf', and(isReturn, isStart))),
      named('last_starting_return', call('maxIf', event, and(isReturn, isStart))),
    ],
    from: from('hits'),
    groupBy: [column('user_id'), column('slot')],
  });
  return [events, perSlot];
}

const returnedAfterStart: Expression = or(
  and(
    unequal(column('plain_returns'), 0),
    compare(column('last_plain_return'), '>=', call('tupleElement', column('first_start'), 1)),
  ),
  and(unequal(column('starting_returns'), 0), unequal(column('last_starting_return'), column('first_start'))),
);

/** Of sorted starts the first of each cohort. */
function firstOfCohorts(definition: RetentionDefinition): Expression {
  const starts = column('sorted_starts');
  const cohort = (start: string): Expression => cohortOf(definition, call('tupleElement', column(start), 1));
  const before = call('arrayPushFront', call('arrayPopBack', starts), call('arrayElement', starts, constant(1)));
  const isFirst = or(equal(column('position'), 1), unequal(cohort('start'), cohort('before')));
  return call(
    'arrayFilter',
    lambda(['start', 'before', 'position'], isFirst),
    starts,
    before,
    call('arrayEnumerate', starts),
  );
}

/**
 * The queries that lead to `members`, one row per user and cohort: `cohort` and `slot` (where the user begins in it),
 * `returned` (in that very slot), `active` (all slots with a return event).
 */
export function memberQueries(definition: RetentionDefinition): Select['with'] {
  const [hits, perSlot] = slots(definition);
  if (hits === undefined || perSlot === undefined) throw new Error('unreachable');
  const start = call('tuple', column('slot'), column('returned'));
  const users = select({
    columns: [
      named('starts', call('groupArrayIf', start, unequal(column('starts'), 0))),
      named('active', call('groupArrayIf', column('slot'), unequal(column('returns'), 0))),
    ],
    from: from('returned'),
    groupBy: [column('user_id')],
    having: unequal(call('length', column('starts')), 0),
  });
  const beginnings =
    definition.cohort === 'first_ever' ? call('arraySlice', column('sorted_starts'), 1, 1) : firstOfCohorts(definition);
  const member = (index: number): Expression => call('tupleElement', column('member'), index);
  return [
    { name: 'hits', is: hits },
    { name: 'slots', is: perSlot },
    ...staged(
      {
        name: 'slots',
        columns: [
          'user_id',
          'slot',
          'starts',
          'returns',
          'first_start',
          'plain_returns',
          'last_plain_return',
          'starting_returns',
          'last_starting_return',
        ],
      },
      [stage('returned', returnedAfterStart)],
      ['user_id', 'slot', 'starts', 'returns', 'returned'],
    ),
    { name: 'users', is: users },
    ...staged(
      { name: 'users', columns: ['starts', 'active'] },
      [
        stage('sorted_starts', call('arraySort', column('starts'))),
        stage('beginnings', beginnings),
        stage('member', call('arrayJoin', column('beginnings'))),
        {
          name: 'members',
          columns: [
            named('cohort', cohortOf(definition, member(1))),
            named('slot', member(1)),
            named('returned', isDefault(definition) ? true : member(2)),
          ],
        },
      ],
      ['cohort', 'slot', 'returned', 'active'],
    ),
  ];
}
