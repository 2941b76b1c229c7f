import * as v from 'valibot';
import { columns, defineAnalysis, type Plan } from '../analysis.ts';
import { commonEntries } from '../definitions/common.ts';
import { object } from '../definitions/object.ts';
import { gridQueries, startOfBucket } from '../parts/buckets.ts';
import { rate } from '../parts/intervals.ts';
import { ascending, call, column, from, itself, lambda, named, plus, select, windowed } from '../tree/build.ts';
import type { Expression, Select } from '../tree/nodes.ts';
import { activePeriods, following, sumPerInterval } from './active-periods.ts';

export const activitySchema = v.pipe(
  object({ analysis: v.literal('activity'), ...commonEntries }),
  v.description('Users active in the 1, 7 and 30 days that end on each day'),
);
export type ActivityDefinition = v.InferOutput<typeof activitySchema>;

const WEEK = 7;
const MONTH = 30;
/** One day more than the longest span, for days of 25 hours. */
const LOOK_BACK = (MONTH + 1) * 86_400_000;

const COLUMNS = columns({ time: 'time', dau: 'count', wau: 'count', mau: 'count', stickiness: 'number?' });

/** A day that never comes, after the last active one. */
const NEVER = 2 ** 31;

/**
 * How the numbers of users change from day to day. A user counts in the span of `n` days from an active day on until n
 * days later, or until the next active day, from which the user counts again: spans never overlap, and summing the
 * changes up to a day gives the distinct users of the n days that end on it.
 */
const changes: Select = (() => {
  const [day, next] = [column('day'), column('next')];
  const end = (days: number): Expression => call('least', plus(day, days), next);
  const change = (at: Expression, ...by: readonly [number, number, number]): Expression =>
    call('tuple', at, ...by.map((one) => call('toInt64', one)));
  const ofDay = call('array', change(day, 1, 1, 1), change(end(WEEK), 0, -1, 0), change(end(MONTH), 0, 0, -1));
  const active = column('active');
  const all = call('arrayMap', lambda(['day', 'next'], ofDay), active, following(active, call('toInt64', NEVER)));
  const part = (index: number): Expression => call('tupleElement', column('change'), index);
  return select({
    columns: [named('bucket', part(1)), named('dau', part(2)), named('wau', part(3)), named('mau', part(4))],
    from: {
      kind: 'derived',
      query: select({ columns: [named('changes', call('arrayFlatten', all))], from: from('users') }),
    },
    arrayJoin: [named('change', column('changes'))],
  });
})();

/** Sums of all changes up to each day. */
const running: Select = select({
  columns: [
    itself('bucket'),
    itself('dau'),
    ...['wau', 'mau'].map((name) =>
      named(
        name,
        windowed(call('sum', column(name)), {
          orderBy: [ascending(column('bucket'))],
          frame: { unit: 'rows', from: 'unbounded', to: 0 },
        }),
      ),
    ),
    itself('is_shown'),
  ],
  from: from('days'),
});

function compile(definition: ActivityDefinition): Plan {
  const query = select({
    with: [
      ...gridQueries(definition, 'day'),
      { name: 'users', is: activePeriods(definition, 'day', LOOK_BACK) },
      { name: 'days', is: sumPerInterval(changes, ['dau', 'wau', 'mau']) },
      { name: 'running', is: running },
    ],
    columns: [
      named('time', startOfBucket(column('bucket'), 'day', definition.timezone)),
      ...['dau', 'wau', 'mau'].map(itself),
      named('stickiness', rate(column('dau'), column('mau'))),
    ],
    from: from('running'),
    where: column('is_shown'),
    orderBy: [ascending(column('bucket'))],
  });
  return { query, columns: COLUMNS };
}

/** Activity: daily, weekly and monthly active users. */
export const activity = defineAnalysis({ name: 'activity', schema: activitySchema, compile });
