/** Trend: measures of events over time, by breakdown value, with a formula, beside an earlier range. */
import type { Interval, Row, Series, TrendDefinition } from './definition.ts';
import { dayOf, startOfDay, startOfInterval, startOfNext, timeText } from './calendar.ts';
import { compareBytes, isSelected, propertyOf, textOf } from './filters.ts';
import { evaluateFormula } from './formula.ts';
import type { Log, Timed } from './log.ts';
import { decimalText, exact, quantile, rate } from './numbers.ts';

const QUANTILES: Readonly<Record<string, number>> = { median: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 };

/** One value: exact where it is a sum, so that it can be written as a decimal. */
type Value = bigint | number | null;

function valueOf(events: readonly Timed[], measure: Series['measure']): Value {
  const users = new Set(events.map(({ user_id }) => user_id)).size;
  if (measure === 'count') return events.length;
  if (measure === 'unique_users') return users;
  if (measure === 'per_user') return rate(events.length, users);
  const [aggregate, property] = Object.entries(measure)[0] ?? ['', ''];
  const found = events.map((event) => propertyOf(event, property)).filter((item) => typeof item === 'number');
  const sum = found.reduce((total, number) => total + exact(number), 0n);
  if (aggregate === 'sum') return sum;
  if (found.length === 0) return null;
  if (aggregate === 'avg') return Number(decimalText(sum)) / found.length;
  if (aggregate === 'min') return Math.min(...found);
  if (aggregate === 'max') return Math.max(...found);
  return quantile(found, QUANTILES[aggregate] ?? Number.NaN);
}

const asNumber = (value: Value): number | null => (typeof value === 'bigint' ? Number(decimalText(value)) : value);

/** An interval shown, `[start, end)` cut to the range, and the time its row carries. */
interface Bucket {
  readonly start: number;
  readonly end: number;
  readonly time: number;
}

/** The intervals from the first to the last bound; a bound that is missing is that of the data. */
function bucketsOf(log: Log, { from, to, interval, timezone }: TrendDefinition): Bucket[] {
  const [first, last] = [log.events[0]?.at, log.events.at(-1)?.at];
  const low = from === undefined ? first : Date.parse(from);
  const high = to === undefined ? (last === undefined ? undefined : last + 1) : Date.parse(to);
  const buckets: Bucket[] = [];
  if (low === undefined || high === undefined) return buckets;
  for (let time = startOfInterval(low, interval, timezone); time < high;) {
    const next = startOfNext(time, interval, timezone);
    if (low < high) buckets.push({ start: Math.max(time, low), end: Math.min(next, high), time });
    time = next;
  }
  return buckets;
}

function yearBefore(at: number, timezone: string): number {
  const day = new Date(dayOf(at, timezone) * 86_400_000);
  return startOfDay(day.setUTCFullYear(day.getUTCFullYear() - 1) / 86_400_000, timezone);
}

function before(time: number, intervals: number, interval: Interval, timezone: string): number {
  let start = time;
  for (let count = 0; count < intervals; count += 1) start = startOfInterval(start - 1, interval, timezone);
  return start;
}

/** The intervals of the earlier range, laid over those of the range; for ranges of whole intervals. */
function comparedBuckets(buckets: readonly Bucket[], { compare, interval, timezone }: TrendDefinition): Bucket[] {
  return buckets.map(({ time }) => {
    const start = compare === 'year' ? yearBefore(time, timezone) : before(time, buckets.length, interval, timezone);
    return { start, end: startOfNext(start, interval, timezone), time };
  });
}

const isIn = ({ at }: Timed, bucket: Bucket | undefined): boolean =>
  bucket !== undefined && at >= bucket.start && at < bucket.end;

/** The rows of a trend. */
export function trend(log: Log, definition: TrendDefinition): Row[] {
  const { series, breakdown, limit = 10, formula, compare } = definition;
  const buckets = bucketsOf(log, definition);
  const layers: [string | null, Bucket[]][] = [[null, buckets]];
  if (compare !== undefined) layers.push([compare, comparedBuckets(buckets, definition)]);

  const valueIn = (event: Timed): string => textOf(propertyOf(event, breakdown ?? '') ?? '');
  const shown = new Map<string, number>();
  for (const event of breakdown === undefined ? [] : log.events) {
    const hits = series.filter((one) => isSelected(event, one)).length;
    const ranges = layers.filter(([, ofLayer]) => ofLayer.some((bucket) => isIn(event, bucket))).length;
    if (ranges * hits === 0) continue;
    shown.set(valueIn(event), (shown.get(valueIn(event)) ?? 0) + ranges);
  }
  const ranked = [...shown].sort(([a, x], [b, y]) => y - x || compareBytes(a, b)).map(([value]) => value);
  const top = new Set(ranked.slice(0, limit));
  const groupOf = (event: Timed): string => (top.has(valueIn(event)) ? valueIn(event) : 'other');
  const groups = [null, ...[...top, ...(ranked.length > limit ? ['other'] : [])].sort(compareBytes)];

  const isMoney =
    formula === undefined && series.every(({ measure }) => typeof measure === 'object' && measure.sum === 'amount');
  const names = [
    ...series.map((_, index) => String.fromCharCode(65 + index)),
    ...(formula === undefined ? [] : ['formula']),
  ];
  const rows: Row[] = [];
  for (const group of groups)
    for (const [index, { time }] of buckets.entries()) {
      const columns = layers.map(([, ofLayer]) => {
        const events = log.events.filter(
          (event) => isIn(event, ofLayer[index]) && (group === null || groupOf(event) === group),
        );
        const values = series.map((one) =>
          valueOf(
            events.filter((event) => isSelected(event, one)),
            one.measure,
          ),
        );
        return formula === undefined ? values : [...values, evaluateFormula(formula, values.map(asNumber))];
      });
      for (const [position, name] of names.entries())
        for (const [layer, [compared]] of layers.entries()) {
          const value = columns[layer]?.[position] ?? null;
          rows.push({
            series: name,
            breakdown: group,
            ...(compare === undefined ? {} : { compare: compared }),
            time: timeText(time),
            value: isMoney && typeof value === 'bigint' ? decimalText(value) : asNumber(value),
          });
        }
    }
  return rows;
}
