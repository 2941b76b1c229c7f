import type { GroupLag } from './lag.ts';

/** What the ledger of the warehouse knows of a partition. */
export interface LedgerPartition {
  readonly topic: string;
  readonly partition: number;
  /** The first offset that became a row or a dead letter. */
  readonly firstOffset: number;
  /** How many offsets did. */
  readonly offsetsSeen: number;
}

/** Messages of a topic that ClickHouse has read and that are neither a row nor a dead letter. */
export interface Unaccounted {
  readonly topic: string;
  readonly count: number;
}

/**
 * Counts what was read and left no trace: messages with an empty value, a broker's own records in topics that are
 * written in transactions, or a loss. The engine passes such messages over without a word, so nobody else shows them.
 * Only topics that the ledger knows are counted.
 * @param lags of ClickHouse's groups, asked before the ledger: what is committed is in the tables
 */
export function unaccounted(lags: readonly GroupLag[], ledger: readonly LedgerPartition[]): Unaccounted[] {
  const topics = new Set(ledger.map(({ topic }) => topic));
  return lags.flatMap(({ group, topic, partitions }) => {
    if (group !== `clickhouse_${topic}` || !topics.has(topic)) return [];
    const count = partitions.reduce((sum, { partition, low, committed }) => {
      const known = ledger.find((entry) => entry.topic === topic && entry.partition === partition);
      if (committed === null) return sum;
      // The ledger outlives the messages: before what is left of them, it alone tells where the topic began.
      const begin = Math.min(low, known?.firstOffset ?? low);
      return sum + Math.max(0, committed - begin - (known?.offsetsSeen ?? 0));
    }, 0);
    return count === 0 ? [] : [{ topic, count }];
  });
}
