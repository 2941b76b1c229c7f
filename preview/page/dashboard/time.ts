import { dateMath, dateTime, type DateTime, type RawTimeRange, rangeUtil, type TimeRange } from '@grafana/data';

/** A bound as an address writes it: milliseconds since 1970, ISO 8601, or relative such as now-28d. */
const parseBound = (text: string): DateTime | string => {
  if (text.includes('now')) return text;
  return dateTime(/^\d+$/.test(text) ? Number(text) : text);
};

/** The range of raw bounds, now; relative bounds move with each call. */
export const rangeOf = (raw: RawTimeRange, timeZone: string): TimeRange =>
  rangeUtil.convertRawToRange(raw, timeZone === 'browser' ? undefined : timeZone);

/** The raw bounds of texts; a bound that means no time is replaced by that of the other texts. */
export function rawRange(from: string, to: string, fallback: { from: string; to: string }): RawTimeRange {
  const valid = (text: string, otherwise: string) => {
    const bound = parseBound(text);
    const good = typeof bound === 'string' ? dateMath.isValid(bound) : bound.isValid();
    return good ? bound : parseBound(otherwise);
  };
  return { from: valid(from, fallback.from), to: valid(to, fallback.to) };
}

/** A bound for the address: relative ones as they are, absolute ones as milliseconds. */
export const boundText = (bound: DateTime | string): string =>
  typeof bound === 'string' ? bound : String(bound.valueOf());

/** The range moved by its own length. */
export function shifted({ from, to }: TimeRange, direction: -1 | 1): RawTimeRange {
  const length = to.valueOf() - from.valueOf();
  return { from: dateTime(from.valueOf() + direction * length), to: dateTime(to.valueOf() + direction * length) };
}

/** The range at twice its length around its middle, not past now. */
export function zoomedOut({ from, to }: TimeRange, now = Date.now()): RawTimeRange {
  const length = to.valueOf() - from.valueOf();
  const middle = from.valueOf() + length / 2;
  const end = Math.min(middle + length, Math.max(now, to.valueOf()));
  return { from: dateTime(end - 2 * length), to: dateTime(end) };
}

/** The range of a panel that overrides it (`timeFrom`, such as 7d), else that of the dashboard. */
export function panelRange(range: TimeRange, timeFrom: string | null | undefined, timeZone: string): TimeRange {
  if (!timeFrom) return range;
  const raw = timeFrom.startsWith('now') ? { from: timeFrom, to: 'now' } : { from: `now-${timeFrom}`, to: 'now' };
  return dateMath.isValid(raw.from) ? rangeOf(raw, timeZone) : range;
}

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of an interval such as 10s; 0 for none. */
export function intervalMs(text: string): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  return count && unit ? Number(count) * (UNITS[unit] ?? 0) : 0;
}
