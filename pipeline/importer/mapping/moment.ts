import { tzOffset } from '@date-fns/tz';

/** Parts of a moment as digits; the fraction of the second with any number of them. */
export interface MomentParts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour?: string | undefined;
  readonly minute?: string | undefined;
  readonly second?: string | undefined;
  readonly fraction?: string | undefined;
  /** `Z`, `+02`, `+0200` or `+02:00`. */
  readonly offset?: string | undefined;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Whether a name is a time zone that this machine knows. */
export function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * The moment that parts of a local time name.
 * @param timezone IANA name of the zone where the parts name no offset. Where clocks are set back, an ambiguous time is
 *   the earlier moment; one that clocks skip is as far after the gap as it is named after its beginning.
 * @returns milliseconds since 1970 in UTC, cut to whole ones; undefined where the calendar has no such time
 */
export function momentOf(parts: MomentParts, timezone: string): number | undefined {
  const { year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset } = parts;
  const local = Date.UTC(+year, +month - 1, +day, +hour, +minute, +second, +fraction.slice(0, 3).padEnd(3, '0'));
  const date = new Date(local);
  // Date.UTC carries over what the calendar does not have: February 30, 24:00, second 60.
  const exists =
    date.getUTCMonth() === +month - 1 &&
    date.getUTCDate() === +day &&
    date.getUTCHours() === +hour &&
    date.getUTCMinutes() === +minute &&
    date.getUTCSeconds() === +second;
  if (!exists) return undefined;
  const shift = offset === undefined ? zoneOffset(local, timezone) : namedOffset(offset);
  return shift === undefined ? undefined : local - shift * MINUTE;
}

/** Minutes of `Z`, `+02`, `+0200` or `+02:00`. */
function namedOffset(text: string): number | undefined {
  if (text === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(3).replace(':', '') || '0');
  if (hours > 14 || minutes > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** Minutes by which the clocks of a zone are ahead of UTC when they show a local time. */
function zoneOffset(local: number, timezone: string): number {
  if (timezone === 'UTC') return 0;
  const before = tzOffset(timezone, new Date(local - DAY));
  const after = tzOffset(timezone, new Date(local + DAY));
  // Of the offsets around, the earlier moment that shows this time on the clock; in a gap none does.
  const [earlier, later] = before > after ? [before, after] : [after, before];
  for (const offset of [earlier, later])
    if (tzOffset(timezone, new Date(local - offset * MINUTE)) === offset) return offset;
  return before;
}
