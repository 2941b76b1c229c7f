import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { Config } from '@suuupra/core';

/** What has arrived in ClickHouse. */
export interface WarehouseStatus {
  /** Stored rows of events; repeated deliveries that are not merged yet count twice. */
  readonly rows: number;
  /** Time of the newest event as ISO 8601, by its own clock. */
  readonly newestEvent: string | null;
  readonly deadLetters: readonly DeadLetterCount[];
}

export interface DeadLetterCount {
  readonly reason: string;
  readonly count: number;
}

type ClickHouseConfig = Pick<Config, 'clickhouseUrl' | 'clickhouseUser' | 'clickhousePassword' | 'clickhouseDatabase'>;

const TIMEOUT_MS = 10_000;

/**
 * Asks ClickHouse what has arrived.
 * @returns undefined while the tables are not made yet
 */
export async function warehouseStatus(config: ClickHouseConfig): Promise<WarehouseStatus | undefined> {
  const client = createClient({
    url: config.clickhouseUrl,
    username: config.clickhouseUser,
    password: config.clickhousePassword,
    request_timeout: TIMEOUT_MS,
    application: 'suuupra-status',
    log: { level: ClickHouseLogLevel.OFF }, // the caller gets the error itself
  });
  const rows = async <T>(query: string, params: Record<string, unknown> = {}): Promise<T[]> => {
    const result = await client.query({ query, query_params: params, format: 'JSONEachRow' });
    return await result.json<T>();
  };
  try {
    const database = config.clickhouseDatabase;
    const tables = await rows<{ name: string }>(
      "SELECT name FROM system.tables WHERE database = {database:String} AND name IN ('events', 'dead_letters')",
      { database },
    );
    const exists = (name: string): boolean => tables.some((table) => table.name === name);
    if (!exists('events')) return undefined;
    const [events] = await rows<{ rows: string; newest: string | null }>(
      `SELECT toString(count()) AS rows, formatDateTime(maxOrNull(timestamp), '%FT%TZ', 'UTC') AS newest
       FROM {database:Identifier}.events`,
      { database },
    );
    const deadLetters = exists('dead_letters')
      ? await rows<{ reason: string; count: string }>(
          `SELECT reason, toString(count()) AS count FROM {database:Identifier}.dead_letters
           GROUP BY reason ORDER BY count() DESC, reason`,
          { database },
        )
      : [];
    return {
      rows: Number(events?.rows ?? 0),
      newestEvent: events?.newest ?? null,
      deadLetters: deadLetters.map(({ reason, count }) => ({ reason, count: Number(count) })),
    };
  } finally {
    await client.close();
  }
}
