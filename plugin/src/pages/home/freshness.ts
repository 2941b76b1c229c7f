import { ask } from '../../asking/ask.ts';
import { between } from '../../asking/range.ts';
import { numberOf, rowsOf, textOf } from '../../asking/rows.ts';

export interface Freshness {
  /** Until when the data is complete, in milliseconds; undefined while the pipeline has read nothing. */
  readonly completeUntil: number | undefined;
  /** Messages that wait in Kafka. */
  readonly lag: number;
  /** Messages of the last day that could not be stored as events, the most frequent reason first. */
  readonly deadLetters: readonly { readonly reason: string; readonly count: number }[];
}

const COMPLETENESS = 'SELECT complete_until, lag FROM completeness';
const DEAD_LETTERS = `SELECT reason, count() AS count
FROM dead_letters FINAL
WHERE $__timeFilter_ms(inserted_at)
GROUP BY reason
ORDER BY count DESC, reason`;

/** How old the data is, and what did not become data in the last day. */
export async function freshness(uid: string): Promise<Freshness> {
  const now = Date.now();
  const [completeness, letters] = await ask(uid, between(now - 86_400_000, now), [
    { sql: COMPLETENESS },
    { sql: DEAD_LETTERS },
  ]);
  const row = rowsOf(completeness)[0];
  return {
    completeUntil: numberOf(row?.['complete_until']),
    lag: numberOf(row?.['lag']) ?? 0,
    deadLetters: rowsOf(letters).map(({ reason, count }) => ({ reason: textOf(reason), count: numberOf(count) ?? 0 })),
  };
}
