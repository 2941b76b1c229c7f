import { createWarehouse, type WarehouseConfig } from '@suuupra/clickhouse';
import { KNOWN_PROPERTIES } from '@suuupra/contracts';

/** The known properties of the contract that the table reading Kafka has no column for. */
export async function missingColumns(config: WarehouseConfig): Promise<readonly string[]> {
  const warehouse = createWarehouse(config, 'default');
  try {
    const columns = await warehouse.rows<{ name: string }>(
      "SELECT name FROM system.columns WHERE database = {database:String} AND table = 'kafka_events'",
      { params: { database: config.clickhouseDatabase } },
    );
    const there = new Set(columns.map(({ name }) => name));
    return Object.keys(KNOWN_PROPERTIES).filter((name) => !there.has(`properties.${name}`));
  } finally {
    await warehouse.close();
  }
}
