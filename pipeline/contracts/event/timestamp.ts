/**
 * The moments an event can have: within what every date function of ClickHouse keeps (its DateTime ends in 2106),
 * with room for time zones and windows at the upper end.
 */
export const FIRST_TIMESTAMP = Date.UTC(1970, 0, 1);
export const LAST_TIMESTAMP = Date.UTC(2100, 0, 1) - 1;

export const TIMESTAMP_FORM =
  'ISO 8601 in UTC with at most whole milliseconds, from 1970 to 2099, such as 2026-03-01T09:30:00.125Z';

//                date         time                      milliseconds   finer: only zeros   UTC
const FORM = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,3})0*)?(?:Z|\+00:00)$/;

/**
 * Reads a moment without losing any of it. Taken are `YYYY-MM-DDThh:mm:ss`, an optional fraction whose digits after
 * the third are zeros, and `Z` or `+00:00`. Refused are other offsets, a missing one, finer fractions, and moments that
 * the calendar does not have (February 30, 24:00, second 60).
 * @returns milliseconds since 1970 in UTC, or undefined where the text is not of that form or out of range
 */
export function parseTimestamp(text: string): number | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [, date = '', time = '', fraction = ''] = match;
  const canonical = `${date}T${time}.${fraction.padEnd(3, '0')}Z`;
  const millis = Date.parse(canonical);
  // Date.parse turns February 30 into March: only what comes back unchanged is a moment of the calendar.
  if (Number.isNaN(millis) || new Date(millis).toISOString() !== canonical) return undefined;
  return isTimestamp(millis) ? millis : undefined;
}

/** Whether a number of milliseconds since 1970 is whole and in the range of the contract. */
export const isTimestamp = (millis: number): boolean =>
  Number.isInteger(millis) && millis >= FIRST_TIMESTAMP && millis <= LAST_TIMESTAMP;

/** The canonical text of a moment: `2026-03-01T09:30:00.125Z`. */
export const formatTimestamp = (millis: number): string => new Date(millis).toISOString();
