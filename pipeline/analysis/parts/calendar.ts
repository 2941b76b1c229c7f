/**
 * Days, weeks and months as consecutive whole numbers, so that "the next" is + 1 and spans are ranges. Days count from
 * 1 January 1970, weeks begin on Mondays, months are year × 12 + month from 0. Days are those of a timezone; only an
 * instant has to be told which.
 */
import { call, cast, constant, minus, over, plus, times, value } from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';

export const CALENDAR_PERIODS = ['day', 'week', 'month'] as const;
export type CalendarPeriod = (typeof CALENDAR_PERIODS)[number];

const zone = (timezone: string): Expression => value('timezone', 'String', timezone);

/** 1 January 1970 was a Thursday: Mondays are the days 4, 11, … */
const DAYS_FROM_MONDAY_TO_EPOCH = 3;

/** The day on which an instant lies. */
export const dayOf = (instant: Expression, timezone: string): Expression =>
  call('toInt32', call('toDate32', instant, zone(timezone)));

const dateOf = (day: Expression): Expression => plus(call('makeDate32', 1970, 1, 1), day);

/** The period in which a day lies. */
export function periodOf(day: Expression, period: CalendarPeriod): Expression {
  switch (period) {
    case 'day':
      return day;
    case 'week':
      return call('toInt32', call('floor', over(plus(day, DAYS_FROM_MONDAY_TO_EPOCH), 7)));
    case 'month': {
      const date = dateOf(day);
      return call('toInt32', plus(times(call('toYear', date), 12), minus(call('toMonth', date), 1)));
    }
  }
}

/** The first day of a period. */
export function firstDayOf(number: Expression, period: CalendarPeriod): Expression {
  switch (period) {
    case 'day':
      return number;
    case 'week':
      return minus(times(number, 7), DAYS_FROM_MONDAY_TO_EPOCH);
    case 'month':
      return call(
        'toInt32',
        call('makeDate32', call('intDiv', number, 12), plus(call('modulo', number, 12), 1), constant(1)),
      );
  }
}

/**
 * The instant at which a day begins; where the clock skips midnight, the first instant of the day.
 * @param nullable whether `day` can be null
 */
export const startOfDay = (day: Expression, timezone: string, nullable = false): Expression =>
  cast(
    call('toDateTime64', dateOf(day), 3, zone(timezone)),
    nullable ? "Nullable(DateTime64(3, 'UTC'))" : "DateTime64(3, 'UTC')",
  );

/** The instant at which a period begins. */
export const startOfPeriod = (
  number: Expression,
  period: CalendarPeriod,
  timezone: string,
  nullable = false,
): Expression => startOfDay(firstDayOf(number, period), timezone, nullable);
