/** How an earlier range is laid over the definition's own: by a shift of times, of the wall clock where that matters. */
import { wallClock } from '../definitions/instants.ts';
import { call, column, plus, value } from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';
import type { TrendDefinition } from './schema.ts';

const DAY = 86_400_000;

type Shift = { readonly unit: 'millisecond' | 'day' | 'month' | 'year'; readonly by: number };

/**
 * The shift of a comparison. `year` is a year of the calendar. `previous` is the range's own length: in milliseconds for
 * minutes and hours; in days for days and weeks; in months where the range is one of whole months and shown by months.
 */
export function shiftOf({ compare, from = '', to = '', interval, timezone }: TrendDefinition): Shift {
  if (compare === 'year') return { unit: 'year', by: 1 };
  if (interval === 'minute' || interval === 'hour')
    return { unit: 'millisecond', by: Date.parse(to) - Date.parse(from) };
  const [start, end] = [from, to].map((bound) => new Date(wallClock(Date.parse(bound), timezone))) as [Date, Date];
  const isOfMonths = start.getUTCDate() === end.getUTCDate() && start.getTime() % DAY === end.getTime() % DAY;
  const months = (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
  if (interval === 'month' && isOfMonths && months > 0) return { unit: 'month', by: months };
  const days = Math.floor(end.getTime() / DAY) - Math.floor(start.getTime() / DAY);
  return { unit: 'day', by: Math.max(1, days) };
}

/** The time of an event, moved into the definition's own range. */
export function shiftedTime(definition: TrendDefinition): Expression {
  const { unit, by } = shiftOf(definition);
  const timestamp = column('timestamp');
  const amount = value('shift', 'Int64', by);
  if (unit === 'millisecond') return plus(timestamp, call('toIntervalMillisecond', amount));
  const wall = call('toTimeZone', timestamp, value('timezone', 'String', definition.timezone));
  return call({ day: 'addDays', month: 'addMonths', year: 'addYears' }[unit] as 'addDays', wall, amount);
}
