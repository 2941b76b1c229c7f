import { randomUUID } from 'node:crypto';
import { createWarehouse, type Warehouse } from '@suuupra/clickhouse';
import { loadConfig } from '@suuupra/core';
import { vi } from 'vitest';

export interface TestDatabase {
  readonly name: string;
  readonly warehouse: Warehouse;
  drop(): Promise<void>;
}

/** A database with tables like the stack's, so that no other test sees what is stored here. */
export async function createDatabase(): Promise<TestDatabase> {
  const config = loadConfig();
  const name = `api_${randomUUID().slice(0, 8)}`;
  const server = createWarehouse(config, 'default');
  await server.command(`CREATE DATABASE ${name}`);
  for (const table of ['events', 'saved_definitions', 'annotations'])
    await server.command(`CREATE TABLE ${name}.${table} AS ${config.clickhouseDatabase}.${table}`);
  const warehouse = createWarehouse(config, name);
  return {
    name,
    warehouse,
    drop: async () => {
      await warehouse.close();
      await server.command(`DROP DATABASE ${name} SYNC`);
      await server.close();
    },
  };
}

/** Stores `users` users with an event on the first and one on the last day of eight years, made inside the engine. */
export const storeUsers = (warehouse: Warehouse, users: number): Promise<void> =>
  warehouse.command(
    `INSERT INTO events (event_id, event_type, user_id, timestamp, properties)
     SELECT generateUUIDv4(number), 'page_view', reinterpretAsUUID(toUInt128(intDiv(number, 2) + 1)),
            toDateTime64('2017-01-01 00:00:00', 3, 'UTC') + toIntervalDay(2921 * (number % 2)), '{}'
     FROM numbers({events:UInt64})`,
    { params: { events: 2 * users } },
  );

/** A question that takes seconds: the segment of each of thousands of users on each day of the eight years. */
export const LONG_QUESTION = { analysis: 'segments' };

/** Waits until so many queries of the request with an id run in ClickHouse. */
export const waitForQueries = (warehouse: Warehouse, requestId: string, count: number): Promise<void> =>
  vi.waitFor(
    async () => {
      const [row] = await warehouse.rows<{ running: string }>(
        'SELECT count() AS running FROM system.processes WHERE startsWith(query_id, {id:String})',
        { params: { id: requestId } },
      );
      if (Number(row?.running) !== count) throw new Error(`${String(row?.running)} queries run, not ${String(count)}`);
    },
    { timeout: 20_000, interval: 50 },
  );
