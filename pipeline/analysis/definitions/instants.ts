/**
 * Times as they stand in definitions. A time of day without an offset is read in the definition's timezone, as is a
 * bare day. Milliseconds are the finest unit that events have; anything finer is refused, not rounded.
 */
const FORM = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:\d{2})?)?$/;

const MINUTE = 60_000;
const DAY = 86_400_000;

export const INSTANT_ALLOWED =
  'a time such as "2025-03-01T12:00:00.000Z", or a day such as "2025-03-01", between 1970 and 2199';

interface Reading {
  /** The wall clock's reading, in milliseconds since 1970 as if it were UTC. */
  readonly wall: number;
  readonly offset: string | undefined;
  readonly wholeDay: boolean;
}

function read(text: string): Reading | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  const wall = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour ?? 0),
    Number(minute ?? 0),
    Number(second ?? 0),
    Number((fraction ?? '').padEnd(3, '0')),
  );
  const inRange = Number(year) >= 1970 && Number(year) <= 2199 && Number(hour ?? 0) < 24 && Number(minute ?? 0) < 60;
  // Date.UTC rolls 31 April over to 1 May: what does not come back as it went in is no date.
  const sameDay = new Date(wall).toISOString().startsWith(`${String(year)}-${String(month)}-${String(day)}`);
  return inRange && Number(second ?? 0) < 60 && sameDay ? { wall, offset, wholeDay: hour === undefined } : undefined;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string): Intl.DateTimeFormat {
  let format = formats.get(timezone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timezone, format);
  }
  return format;
}

/** How far the wall clock of a timezone is ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, timezone: string): number {
  const part = Object.fromEntries(
    formatOf(timezone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

/** What the wall clock of a timezone shows at an instant, in milliseconds since 1970 as if it were UTC. */
export const wallClock = (instant: number, timezone: string): number => instant + offsetAt(instant, timezone);

/** The first instant at which the wall clock shows `wall`; inside a gap of the clock, the same span after the gap. */
function fromWall(wall: number, timezone: string): number {
  const candidates = [wall - offsetAt(wall - DAY, timezone), wall - offsetAt(wall + DAY, timezone)];
  const exact = candidates.filter((instant) => instant + offsetAt(instant, timezone) === wall);
  return exact.length > 0 ? Math.min(...exact) : Math.max(...candidates);
}

/** Whether a text has the form of a time. */
export const isInstant = (text: string): boolean => read(text) !== undefined;

/**
 * The instant that a text of a definition names.
 * @param edge what a bare day means: the first or the last millisecond of it
 * @returns milliseconds since 1970, or undefined if the text is no time
 */
export function parseInstant(text: string, timezone: string, edge: 'start' | 'end' = 'start'): number | undefined {
  const reading = read(text);
  if (reading === undefined) return undefined;
  if (reading.offset === 'Z') return reading.wall;
  if (reading.offset !== undefined) {
    const sign = reading.offset.startsWith('-') ? -1 : 1;
    const [hours = 0, minutes = 0] = reading.offset.slice(1).split(':').map(Number);
    return reading.wall - sign * (hours * 60 + minutes) * MINUTE;
  }
  if (reading.wholeDay && edge === 'end') return fromWall(reading.wall + DAY, timezone) - 1;
  return fromWall(reading.wall, timezone);
}

/** Whether the runtime, and with it every database of timezones in use, knows the name. */
export function isTimezone(name: string): boolean {
  if (!/^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*)*$/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}
