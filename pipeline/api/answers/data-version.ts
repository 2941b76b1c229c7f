import type { Warehouse } from '@suuupra/clickhouse';

/**
 * What stands for the events before a time: it changes when one is stored or deleted, however late it comes, and not when
 * ClickHouse merges parts. Live events go to the partition of the current week, which is left out where the time is before
 * that week.
 * @param last milliseconds since 1970
 * @returns undefined where the user of ClickHouse may not see parts
 */
export async function dataVersion(warehouse: Warehouse, last: number, now = Date.now()): Promise<string | undefined> {
  try {
    const [row] = await warehouse.rows<{ version: string }>(
      `WITH
         fromUnixTimestamp64Milli({now:Int64}, 'UTC') AS present,
         toStartOfWeek(present, 1) > fromUnixTimestamp64Milli({last:Int64}, 'UTC') AS is_earlier
       SELECT sipHash64(arraySort(groupArray((partition, block, version)))) AS version
       FROM (
         SELECT partition, max(max_block_number) AS block, max(data_version) AS version
         FROM system.parts
         WHERE database = {database:String} AND table = 'events' AND active
           AND NOT (is_earlier AND partition = toString(toRelativeWeekNum(present) % 96))
         GROUP BY partition
       )`,
      { params: { database: warehouse.database, last, now } },
    );
    return row?.version;
  } catch {
    return undefined;
  }
}
