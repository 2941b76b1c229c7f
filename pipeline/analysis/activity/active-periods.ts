/** Per user the intervals with at least one event, sorted; shared by activity and lifecycle. */
import type { CommonDefinition } from '../definitions/common.ts';
import { bucketOf, type Interval } from '../parts/buckets.ts';
import { allOf, eventsOf } from '../parts/events.ts';
import { timeValue } from '../parts/values.ts';
import { call, column, compare, from, itself, named, select, union } from '../tree/build.ts';
import type { Expression, Named, Query, Select } from '../tree/nodes.ts';

const DAY = 86_400_000;
/** More than the longest interval, a month, in whatever timezone. */
const PAST_THE_LAST = 32 * DAY;

const shifted = (instant: string, by: number): string => new Date(Date.parse(instant) + by).toISOString();

/**
 * The query `users`: `active`, the numbers of a user's active intervals.
 * @param lookBack milliseconds before `from` that are needed; undefined: all there are
 */
export function activePeriods(definition: CommonDefinition, interval: Interval, lookBack: number | undefined): Select {
  const { from: first, to, timezone } = definition;
  const timestamp = column('timestamp');
  const active = call('groupUniqArray', bucketOf(timestamp, interval, timezone));
  return eventsOf(definition, {
    columns: [named('active', call('arraySort', active))],
    where: allOf(
      first === undefined || lookBack === undefined
        ? undefined
        : compare(timestamp, '>=', timeValue('read_from', shifted(first, -lookBack))),
      to === undefined ? undefined : compare(timestamp, '<', timeValue('read_to', shifted(to, PAST_THE_LAST))),
    ),
    groupBy: [column('user_id')],
  });
}

/**
 * Sums per interval: those of `changes` and a zero for every interval of `grid`, so that all of them have a row.
 * `is_shown` says which intervals are of the grid.
 */
export function sumPerInterval(changes: Query, names: readonly string[]): Select {
  const zeros = select({
    columns: [itself('bucket'), ...names.map((name) => named(name, call('toInt64', 0))), named('is_shown', true)],
    from: from('grid'),
  });
  const real = select({
    columns: [
      itself('bucket'),
      ...names.map((name) => named(name, call('toInt64', column(name)))),
      named('is_shown', false),
    ],
    from: { kind: 'derived', query: changes },
  });
  return select({
    columns: [
      itself('bucket'),
      ...names.map((name): Named => named(name, call('sum', column(name)))),
      named('is_shown', call('max', column('is_shown'))),
    ],
    from: { kind: 'derived', query: union(real, zeros) },
    groupBy: [column('bucket')],
  });
}

/** An array and the elements after each of its own; `pad` after the last. */
export const following = (array: Expression, pad: Expression): Expression =>
  call('arrayPushBack', call('arrayPopFront', array), pad);
