/** Lengths of buckets of time. */
export type Interval = 'minute' | 'hour' | 'day' | 'week' | 'month';

const DAY_MS = 86_400_000;
const LENGTH_MS: Readonly<Record<Exclude<Interval, 'month'>, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: DAY_MS,
  week: 7 * DAY_MS,
};

const FORMATS: Readonly<Record<Interval, Intl.DateTimeFormatOptions>> = {
  minute: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  hour: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { month: 'short', day: 'numeric' },
  week: { month: 'short', day: 'numeric' },
  month: { month: 'short', year: 'numeric' },
};

/** The time zone of Grafana as one that `Intl` knows; undefined is the browser's. */
const zoneOf = (timeZone: string): string | undefined =>
  timeZone === 'browser' || timeZone === '' ? undefined : timeZone === 'utc' ? 'UTC' : timeZone;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The start of a bucket as short as its length allows: "Nov 3", "14:05", "Nov 2026". */
export function bucketLabel(start: number, interval: Interval, timeZone: string): string {
  return formatterOf(`${interval} ${timeZone}`, FORMATS[interval], timeZone).format(start);
}

/** The same with everything: "Tue, Nov 3, 2026". */
export function fullBucketLabel(start: number, interval: Interval, timeZone: string): string {
  if (interval === 'month') return bucketLabel(start, interval, timeZone);
  const format = { ...FORMATS[interval], year: 'numeric', month: 'short', day: 'numeric', weekday: 'short' } as const;
  const text = formatterOf(`full ${interval} ${timeZone}`, format, timeZone).format(start);
  return interval === 'week' ? `Week of ${text}` : text;
}

function formatterOf(key: string, format: Intl.DateTimeFormatOptions, timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const zone = zoneOf(timeZone);
  const made = new Intl.DateTimeFormat('en-US', zone === undefined ? format : { ...format, timeZone: zone });
  formatters.set(key, made);
  return made;
}

/** The length of the buckets that starts belong to, by the least distance between them. */
export function intervalOf(starts: readonly number[]): Interval {
  let least = Infinity;
  for (let index = 1; index < starts.length; index++) {
    const distance = (starts[index] ?? 0) - (starts[index - 1] ?? 0);
    if (distance > 0 && distance < least) least = distance;
  }
  if (least === Infinity) return 'day';
  // Clocks that change make a day an hour shorter.
  if (least >= 27 * DAY_MS) return 'month';
  if (least >= 6.9 * DAY_MS) return 'week';
  if (least >= 0.9 * DAY_MS) return 'day';
  return least >= LENGTH_MS.hour ? 'hour' : 'minute';
}

/** When a bucket ends, to the hour in which clocks may change: good enough to tell whether it is over. */
export function endOf(start: number, interval: Interval, next: number | undefined): number {
  if (next !== undefined) return next;
  if (interval !== 'month') return start + LENGTH_MS[interval];
  const end = new Date(start);
  end.setUTCMonth(end.getUTCMonth() + 1);
  return end.getTime();
}
