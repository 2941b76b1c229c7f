import type { GroupLag } from './lag.ts';

/** What the ledger of the warehouse knows of a partition. */
export interface LedgerPartition {
  readonly topic: string;
  readonly partition: number;
  /** The first and the last offset that became a row or a dead letter. */
  readonly firstOffset: number;
  readonly lastOffset: number;
  /** How many between them did not. */
  readonly missing: number;
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
 * @param lags of the groups, asked before the ledger: what is committed is in the tables
 */
export function unaccounted(lags: readonly GroupLag[], ledger: readonly LedgerPartition[]): Unaccounted[] {
  const topics = new Set(ledger.map(({ topic }) => topic));
  return lags.flatMap(({ group, topic, partitions }) => {
    if (group !== `clickhouse_${topic}` || !topics.has(topic)) return [];
    const count = partitions.reduce((sum, { partition, low, committed }) => {
      const known = ledger.find((entry) => entry.topic === topic && entry.partition === partition);
      if (!known) return sum + Math.max(0, (committed ?? low) - low);
      // Before the first row: as far back as there are messages. The ledger outlives them, so there may be none.
      const before = Math.max(0, known.firstOffset - low);
      const after = Math.max(0, (committed ?? 0) - (known.lastOffset + 1));
      return sum + before + known.missing + after;
    }, 0);
    return count === 0 ? [] : [{ topic, count }];
  });
}
