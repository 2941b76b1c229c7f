import { createWarehouse, type WarehouseConfig } from '@suuupra/clickhouse';
import type { LedgerPartition } from './unaccounted.ts';

/** What has arrived in ClickHouse. */
export interface WarehouseStatus {
  /** Stored rows of events; repeated deliveries that are not merged yet count twice. */
  readonly rows: number;
  /** Time of the newest event as ISO 8601, by its own clock. */
  readonly newestEvent: string | null;
  /** Events that happened before are all in the tables, as far as can be known; as ISO 8601. */
  readonly completeUntil: string | null;
  readonly deadLetters: readonly DeadLetterCount[];
  readonly ledger: readonly LedgerPartition[];
}

export interface DeadLetterCount {
  readonly reason: string;
  readonly count: number;
}

const TIMEOUT_MS = 10_000;

/**
 * Asks ClickHouse what has arrived.
 * @returns undefined while the tables are not made yet
 * @throws SuuupraError clickhouse_unreachable, clickhouse_query_failed
 */
export async function warehouseStatus(config: WarehouseConfig): Promise<WarehouseStatus | undefined> {
  // The database of the product need not be there yet: names are written out.
  const warehouse = createWarehouse(config, 'default');
  const database = config.clickhouseDatabase;
  const rows = <T>(query: string): Promise<T[]> =>
    warehouse.rows<T>(query, { params: { database }, signal: AbortSignal.timeout(TIMEOUT_MS) });
  try {
    const made = await rows<{ name: string }>(
      "SELECT name FROM system.tables WHERE database = {database:String} AND name IN ('events', 'completeness')",
    );
    if (made.length < 2) return undefined;
    const [events] = await rows<{ rows: string; newest: string | null }>(
      `SELECT count() AS rows, formatDateTime(maxOrNull(timestamp), '%FT%TZ', 'UTC') AS newest
       FROM {database:Identifier}.events`,
    );
    const [completeness] = await rows<{ until: string }>(
      `SELECT formatDateTime(complete_until, '%FT%TZ', 'UTC') AS until FROM {database:Identifier}.completeness`,
    );
    const deadLetters = await rows<{ reason: string; count: string }>(
      `SELECT reason, count() AS count FROM {database:Identifier}.dead_letters FINAL
       GROUP BY reason ORDER BY count DESC, reason`,
    );
    const ledger = await rows<Record<'topic' | 'partition' | 'first_offset' | 'last_offset' | 'missing', string>>(
      `SELECT topic, partition, first_offset, last_offset, missing FROM {database:Identifier}.ledger_partitions
       ORDER BY topic, partition`,
    );
    return {
      rows: Number(events?.rows ?? 0),
      newestEvent: events?.newest ?? null,
      completeUntil: completeness?.until ?? null,
      deadLetters: deadLetters.map(({ reason, count }) => ({ reason, count: Number(count) })),
      ledger: ledger.map((entry) => ({
        topic: entry.topic,
        partition: Number(entry.partition),
        firstOffset: Number(entry.first_offset),
        lastOffset: Number(entry.last_offset),
        missing: Number(entry.missing),
      })),
    };
  } finally {
    await warehouse.close();
  }
}
