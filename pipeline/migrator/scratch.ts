import { randomUUID } from 'node:crypto';
import { createWarehouse, type Warehouse, type WarehouseConfig } from '@suuupra/clickhouse';

/** Runs work with an empty database that is gone afterwards. */
export async function withScratchDatabase<T>(
  config: WarehouseConfig,
  work: (scratch: Warehouse) => Promise<T>,
): Promise<T> {
  const database = `suuupra_scratch_${randomUUID().replaceAll('-', '')}`;
  const server = createWarehouse(config, 'default');
  const scratch = createWarehouse(config, database);
  try {
    await server.command(`CREATE DATABASE ${database}`);
    return await work(scratch);
  } finally {
    await scratch.close();
    await server.command(`DROP DATABASE IF EXISTS ${database} SYNC`);
    await server.close();
  }
}
