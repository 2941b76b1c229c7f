import { tzOffset } from '@date-fns/tz';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const HOURS_PER_WEEK = 168;
/** A Monday, from which hours of the week are counted. */
const MONDAY = Date.UTC(2024, 0, 1);

/** How busy each hour of a day is, from midnight on; the busiest is 1. */
const WORKDAY = [
  0.16, 0.09, 0.06, 0.05, 0.06, 0.1, 0.2, 0.32, 0.38, 0.36, 0.37, 0.42, 0.52, 0.48, 0.42, 0.42, 0.48, 0.58, 0.7, 0.84,
  0.93, 0.88, 0.62, 0.34,
];
const WEEKEND = [
  0.28, 0.18, 0.11, 0.08, 0.06, 0.07, 0.12, 0.22, 0.38, 0.54, 0.64, 0.68, 0.7, 0.72, 0.74, 0.76, 0.78, 0.8, 0.86, 0.95,
  1, 0.96, 0.74, 0.46,
];
const WEEK: readonly number[] = [0, 1, 2, 3, 4, 5, 6].flatMap((day) => (day >= 5 ? WEEKEND : WORKDAY));

/** How busy the service is in a place: 0 to 1, by the local time of day and day of the week. */
export class Rhythm {
  private readonly timezone: string;
  private hour = -1;
  private offset = 0;

  constructor(timezone: string) {
    this.timezone = timezone;
  }

  /**
   * @param at milliseconds since 1970
   * @param shiftHours how much later than others a person lives
   */
  busyness(at: number, shiftHours: number): number {
    const local = at + this.offsetAt(at) - shiftHours * HOUR - MONDAY;
    const hours = (((local / HOUR) % HOURS_PER_WEEK) + HOURS_PER_WEEK) % HOURS_PER_WEEK;
    const before = Math.floor(hours);
    const share = hours - before;
    return (WEEK[before] as number) * (1 - share) + (WEEK[(before + 1) % HOURS_PER_WEEK] as number) * share;
  }

  /** Clocks are asked once per hour of UTC: no zone changes them in between. */
  private offsetAt(at: number): number {
    const hour = Math.floor(at / HOUR);
    if (hour !== this.hour) {
      this.hour = hour;
      this.offset = tzOffset(this.timezone, new Date(hour * HOUR)) * MINUTE;
    }
    return this.offset;
  }
}
