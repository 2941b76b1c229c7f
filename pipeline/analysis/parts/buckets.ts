/** Intervals of time, from minutes to months, each with a whole number: minutes and hours by their start, longer ones by
 * the calendar (calendar.ts). */
import { call, cast, column, compare, from, lambda, named, plus, select, times, value } from '../tree/build.ts';
import type { Expression, Select } from '../tree/nodes.ts';
import type { CommonDefinition } from '../definitions/common.ts';
import { dayOf, periodOf, startOfPeriod } from './calendar.ts';
import { eventsOf, isInRange } from './events.ts';

export const INTERVALS = ['minute', 'hour', 'day', 'week', 'month'] as const;
export type Interval = (typeof INTERVALS)[number];

const MINUTE = 60;
const SECONDS = { minute: MINUTE, hour: 60 * MINUTE } as const;

/** The number of the interval in which an instant lies; numbers of intervals next to each other differ by `stepOf`. */
export function bucketOf(instant: Expression, interval: Interval, timezone: string): Expression {
  if (interval === 'day' || interval === 'week' || interval === 'month')
    return cast(periodOf(dayOf(instant, timezone), interval), 'Int64');
  const start = interval === 'minute' ? 'toStartOfMinute' : 'toStartOfHour';
  return cast(call('toUnixTimestamp', call(start, instant, value('timezone', 'String', timezone))), 'Int64');
}

/** How far the numbers of two intervals next to each other are apart. */
export const stepOf = (interval: Interval): number =>
  interval === 'minute' || interval === 'hour' ? SECONDS[interval] : 1;

/** The instant at which the interval of a number begins. */
export const startOfBucket = (number: Expression, interval: Interval, timezone: string): Expression =>
  interval === 'day' || interval === 'week' || interval === 'month'
    ? startOfPeriod(cast(number, 'Int32'), interval, timezone)
    : cast(call('fromUnixTimestamp64Milli', times(number, 1000)), "DateTime64(3, 'UTC')");

/**
 * The queries `span` and `grid`: the number of every interval from the first to the last event in range, as `bucket`, so
 * that intervals without anything get a row too. Without events there are none.
 */
export function gridQueries(definition: CommonDefinition, interval: Interval): Select['with'] {
  const timestamp = column('timestamp');
  const bucket = (instant: Expression): Expression => bucketOf(instant, interval, definition.timezone);
  const step = stepOf(interval);
  const all = call(
    'arrayMap',
    lambda(['step'], plus(column('first'), times(column('step'), step))),
    call('range', call('toUInt64', plus(call('intDiv', plus(column('last'), times(column('first'), -1)), step), 1))),
  );
  return [
    {
      name: 'span',
      is: eventsOf(definition, {
        columns: [
          named('events', call('count')),
          named('first', bucket(call('min', timestamp))),
          named('last', bucket(call('max', timestamp))),
        ],
        where: isInRange(definition),
      }),
    },
    {
      name: 'grid',
      is: select({
        columns: [named('bucket', column('buckets'))],
        from: from('span'),
        arrayJoin: [named('buckets', all)],
        where: compare(column('events'), '>', 0),
      }),
    },
  ];
}
