import * as v from 'valibot';
import { columns, defineAnalysis, type Plan } from '../analysis.ts';
import { commonEntries } from '../definitions/common.ts';
import { object } from '../definitions/object.ts';
import { gridQueries, startOfBucket } from '../parts/buckets.ts';
import { CALENDAR_PERIODS } from '../parts/calendar.ts';
import {
  and,
  ascending,
  call,
  column,
  constant,
  equal,
  from,
  itself,
  lambda,
  minus,
  named,
  not,
  plus,
  select,
} from '../tree/build.ts';
import type { Expression, Select } from '../tree/nodes.ts';
import { activePeriods, following, sumPerInterval } from './active-periods.ts';

export const lifecycleSchema = v.pipe(
  object({
    analysis: v.literal('lifecycle'),
    ...commonEntries,
    interval: v.optional(v.picklist(CALENDAR_PERIODS), 'day'),
  }),
  v.description('Users that are new, return, come back after a pause, or have gone, per interval'),
);
export type LifecycleDefinition = v.InferOutput<typeof lifecycleSchema>;

const STATES = ['new', 'returning', 'resurrecting', 'dormant'] as const;
const COLUMNS = columns({ time: 'time', new: 'count', returning: 'count', resurrecting: 'count', dormant: 'count' });

/** An interval that is next to none. */
const NEVER = 2 ** 31;

/** What a user is in each active interval, and that the user is dormant in the one behind it if not active there too. */
const states: Select = (() => {
  const [interval, before, behind] = [column('interval'), column('before'), column('behind')];
  const position = column('position');
  const isNew = equal(position, 1);
  const isReturning = and(not(isNew), equal(before, minus(interval, 1)));
  const isResurrecting = and(not(isNew), not(equal(before, minus(interval, 1))));
  const isLeft = not(equal(behind, plus(interval, 1)));
  const active = column('active');
  const nothing = constant(0);
  const ofInterval = call(
    'array',
    call('tuple', interval, isNew, isReturning, isResurrecting, nothing),
    call('tuple', plus(interval, 1), nothing, nothing, nothing, isLeft),
  );
  const all = call(
    'arrayMap',
    lambda(['interval', 'before', 'behind', 'position'], ofInterval),
    active,
    call('arrayPushFront', call('arrayPopBack', active), call('toInt64', -NEVER)),
    following(active, call('toInt64', NEVER)),
    call('arrayEnumerate', active),
  );
  const part = (index: number): Expression => call('tupleElement', column('state'), index);
  return select({
    columns: [named('bucket', part(1)), ...STATES.map((name, index) => named(name, part(index + 2)))],
    from: {
      kind: 'derived',
      query: select({ columns: [named('states', call('arrayFlatten', all))], from: from('users') }),
    },
    arrayJoin: [named('state', column('states'))],
  });
})();

function compile(definition: LifecycleDefinition): Plan {
  const { interval, timezone } = definition;
  const query = select({
    with: [
      ...gridQueries(definition, interval),
      // All data before the range: whether a user is new depends on it.
      { name: 'users', is: activePeriods(definition, interval, undefined) },
      { name: 'intervals', is: sumPerInterval(states, STATES) },
    ],
    columns: [named('time', startOfBucket(column('bucket'), interval, timezone)), ...STATES.map(itself)],
    from: from('intervals'),
    where: column('is_shown'),
    orderBy: [ascending(column('bucket'))],
  });
  return { query, columns: COLUMNS };
}

/** Lifecycle: where the active users of each interval come from, and how many of the one before are gone. */
export const lifecycle = defineAnalysis({ name: 'lifecycle', schema: lifecycleSchema, compile });
