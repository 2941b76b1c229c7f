import type { DataFrame } from '@grafana/data';
import { ask } from '../../asking/ask.ts';
import { between } from '../../asking/range.ts';
import { numberOf, rowsOf } from '../../asking/rows.ts';
import { spansOf } from './change.ts';

/** What is looked at first, as series of a trend. */
const MEASURES = [
  { name: 'Users', means: 'Users with any event', series: { measure: 'unique_users' } },
  {
    name: 'Buyers',
    means: 'Users with a purchase that brought money in',
    series: {
      event: 'purchase',
      measure: 'unique_users',
      filters: [{ property: 'amount', op: 'gt', value: 0 }],
    },
  },
  { name: 'Views', means: 'Contents viewed', series: { event: 'content_view', measure: 'count' } },
  { name: 'Sign-ups', means: 'Users who signed up', series: { event: 'signup', measure: 'unique_users' } },
] as const;

export interface KeyNumber {
  readonly name: string;
  readonly means: string;
  readonly today: number;
  /** Of the same day of the week before, until the same time. */
  readonly before: number;
  /** Of each of the last 24 hours that are over. */
  readonly hours: readonly number[];
}

const trend = (interval: 'hour' | 'day', { from, to }: { from: number; to: number }) => ({
  definition: {
    analysis: 'trend',
    interval,
    series: MEASURES.map(({ series }) => series),
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  },
});

/** Values of a trend by series A, B, C …, in the order of time. */
function valuesOf(frame: DataFrame): ReadonlyMap<string, number[]> {
  const values = new Map<string, number[]>();
  for (const { series, value } of rowsOf(frame)) {
    const name = String(series);
    values.set(name, [...(values.get(name) ?? []), numberOf(value) ?? 0]);
  }
  return values;
}

/**
 * The key numbers of the day, by the analysis of trends.
 * @param until when the data is complete, in milliseconds
 */
export async function keyNumbers(uid: string, until: number): Promise<KeyNumber[]> {
  const spans = spansOf(until);
  const answers = await ask(uid, between(spans.before.from, until), [
    trend('day', spans.today),
    trend('day', spans.before),
    trend('hour', spans.hours),
  ]);
  const [today, before, hours] = [valuesOf(answers[0]), valuesOf(answers[1]), valuesOf(answers[2])];
  return MEASURES.map(({ name, means }, index) => {
    const letter = String.fromCharCode(65 + index);
    const last = (values: ReadonlyMap<string, number[]>): number => values.get(letter)?.at(-1) ?? 0;
    return { name, means, today: last(today), before: last(before), hours: hours.get(letter) ?? [] };
  });
}
