import { FIRST_TIMESTAMP, LAST_TIMESTAMP } from '@suuupra/contracts';
import { momentOf, type MomentParts } from './moment.ts';

/** Reads a moment: milliseconds since 1970 in UTC, or undefined where a value is none. */
export type TimestampReader = (value: unknown) => number | undefined;

const UNIX_UNITS_PER_SECOND = {
  unix_seconds: 1,
  unix_milliseconds: 1_000,
  unix_microseconds: 1_000_000,
  unix_nanoseconds: 1_000_000_000,
} as const;

/** ISO 8601 and what SQL databases write: a blank for the T, no time, no zone, any fraction. */
const ISO =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?(?: ?(?<offset>Z|[+-]\d\d(?::?\d\d)?))?)?$/;

/** What a pattern may consist of, with the part that each token reads. */
const TOKENS = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{1,2})',
  ss: '(?<second>\\d{1,2})',
  S: '(?<fraction>\\d+)',
  Z: '(?<offset>Z|[+-]\\d\\d(?::?\\d\\d)?)',
} as const;

export const TIMESTAMP_FORMATS = `iso, ${Object.keys(UNIX_UNITS_PER_SECOND).join(', ')}, or a pattern of ${Object.keys(TOKENS).join(', ')} and other signs, such as DD/MM/YYYY HH:mm`;

/**
 * A reader for moments.
 * @param format `iso`, `unix_seconds` … `unix_nanoseconds`, or a pattern such as `YYYYMMDD` or `DD.MM.YYYY HH:mm:ss.S Z`
 * @param timezone IANA name of the zone of moments that name none. Where clocks are set back, an ambiguous local time is
 *   the earlier moment; one that clocks skip is as far after the gap as it is named after its beginning.
 * @returns a reader that cuts what is finer than milliseconds, or undefined where the format is none
 */
export function timestampReader(format: string, timezone: string): TimestampReader | undefined {
  if (format in UNIX_UNITS_PER_SECOND) return unixReader(format as keyof typeof UNIX_UNITS_PER_SECOND);
  const form = format === 'iso' ? ISO : compilePattern(format);
  if (form === undefined) return undefined;
  return (value) => {
    if (value instanceof Date) return inRange(value.getTime()); // Parquet knows moments by itself
    if (typeof value !== 'string') return undefined;
    const groups = form.exec(value.trim())?.groups;
    return groups === undefined ? undefined : inRange(momentOf(groups as unknown as MomentParts, timezone));
  };
}

const inRange = (millis: number | undefined): number | undefined =>
  millis !== undefined && millis >= FIRST_TIMESTAMP && millis <= LAST_TIMESTAMP ? millis : undefined;

/** A pattern as a regular expression, or undefined where it has letters that are no token or lacks the date. */
function compilePattern(pattern: string): RegExp | undefined {
  const tokenAt = (at: number) => Object.keys(TOKENS).find((name) => pattern.startsWith(name, at));
  const seen = new Set<string>();
  let source = '';
  let afterToken = false;
  for (let at = 0; at < pattern.length;) {
    const token = tokenAt(at) as keyof typeof TOKENS | undefined;
    const sign = pattern.charAt(at);
    // T stands between date and time in so many files that it needs no quoting; other letters are slips.
    if (token === undefined ? /\p{L}/u.test(sign) && sign !== 'T' : seen.has(token)) return undefined;
    at += token?.length ?? 1;
    if (token === undefined) source += sign.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
    else {
      // Numbers that stand against each other have their full width, else YYYYMMDD would be ambiguous.
      const against = afterToken || tokenAt(at) !== undefined;
      source += against ? TOKENS[token].replace('{1,2}', '{2}') : TOKENS[token];
      seen.add(token);
    }
    afterToken = token !== undefined;
  }
  return ['YYYY', 'MM', 'DD'].every((token) => seen.has(token)) ? new RegExp(`^${source}$`, 'u') : undefined;
}

/** Unix time as a number, a bigint or digits; exact also where nanoseconds exceed what a double holds. */
function unixReader(unit: keyof typeof UNIX_UNITS_PER_SECOND): TimestampReader {
  const digits = Math.log10(UNIX_UNITS_PER_SECOND[unit]); // decimal places of a second in the unit
  return (value) => {
    if (value instanceof Date) return inRange(value.getTime());
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return undefined;
    const match = /^(\d+)(?:\.(\d+))?$/.exec(String(value).trim());
    if (match === null) return undefined;
    const [, whole = '', fraction = ''] = match;
    // Moves the decimal point from the unit to milliseconds, as text, and cuts what is finer.
    const all = whole + fraction.padEnd(3, '0');
    const places = whole.length - digits + 3;
    return places <= 0 ? inRange(0) : inRange(Number(all.slice(0, places).padEnd(places, '0')));
  };
}
