import { createWarehouse } from '@suuupra/clickhouse';
import { loadConfig } from '@suuupra/core';
import { expect, vi } from 'vitest';

/** Waits until a query on the warehouse of the test stack gives the expected row. Numbers come as text. */
export async function waitForRow(sql: string, expected: Record<string, string>): Promise<void> {
  const warehouse = createWarehouse(loadConfig());
  try {
    await vi.waitFor(
      async () => {
        expect(await warehouse.rows(sql)).toEqual([expected]);
      },
      { timeout: 120_000, interval: 500 },
    );
  } finally {
    await warehouse.close();
  }
}
