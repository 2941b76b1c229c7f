/** Days, weeks and months of a time zone, by Intl. */
import type { Interval } from './definition.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();
const minuteFormats = new Map<string, Intl.DateTimeFormat>();
const starts = new Map<string, number>();

/** The calendar day of an instant, as days since 1970-01-01. */
export function dayOf(at: number, timezone: string): number {
  let format = formats.get(timezone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: timezone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timezone, format);
  }
  return Date.parse(`${format.format(at)}T00:00:00Z`) / DAY;
}

/** The first instant of a calendar day. Offsets of zones are whole quarters of an hour. */
export function startOfDay(day: number, timezone: string): number {
  const key = `${timezone} ${day}`;
  let start = starts.get(key);
  if (start === undefined) {
    start = day * DAY - 15 * HOUR;
    while (dayOf(start, timezone) < day) start += 15 * MINUTE;
    starts.set(key, start);
  }
  return start;
}

export type Period = 'day' | 'week' | 'month';

/** The number of the period that holds a calendar day; periods that follow each other have numbers that do. */
export function periodOfDay(day: number, period: Period): number {
  if (period === 'day') return day;
  // 1970-01-01 was a Thursday: three days after a Monday.
  if (period === 'week') return Math.floor((day + 3) / 7);
  const date = new Date(day * DAY);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The first calendar day of a period. */
export function firstDay(number: number, period: Period): number {
  if (period === 'day') return number;
  if (period === 'week') return number * 7 - 3;
  return Date.UTC(Math.floor(number / 12), number % 12, 1) / DAY;
}

/** The number of the period that holds an instant. */
export function periodOf(at: number, period: Period, timezone: string): number {
  return periodOfDay(dayOf(at, timezone), period);
}

/** The first instant of a period. */
export function startOf(number: number, period: Period, timezone: string): number {
  return startOfDay(firstDay(number, period), timezone);
}

/** The first instant of the hour of a zone's clock; clocks of some zones are half an hour off others. */
function startOfHour(at: number, timezone: string): number {
  let format = minuteFormats.get(timezone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, minute: 'numeric' });
    minuteFormats.set(timezone, format);
  }
  const minute = Math.floor(at / MINUTE) * MINUTE;
  return minute - Number(format.format(minute)) * MINUTE;
}

/** The first instant of the interval that holds an instant. */
export function startOfInterval(at: number, interval: Interval, timezone: string): number {
  if (interval === 'minute') return Math.floor(at / MINUTE) * MINUTE;
  if (interval === 'hour') return startOfHour(at, timezone);
  return startOf(periodOf(at, interval, timezone), interval, timezone);
}

/** The first instant of the interval that follows the one that begins at `start`. */
export function startOfNext(start: number, interval: Interval, timezone: string): number {
  if (interval === 'minute') return start + MINUTE;
  // Zones that put their clock forward or back do so by at least half an hour.
  if (interval === 'hour') return startOfHour(start + HOUR, timezone);
  return startOf(periodOf(start, interval, timezone) + 1, interval, timezone);
}

/** A time as rows carry it. */
export function timeText(at: number): string {
  return new Date(at).toISOString();
}
