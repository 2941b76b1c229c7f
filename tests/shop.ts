import { createWarehouse } from '@suuupra/clickhouse';
import { loadConfig } from '@suuupra/core';
import { expect, vi } from 'vitest';
import { suuupra } from './command.ts';

/** Fills the stack with a day of the simulated shop, so that pages have something to show. */
export async function openShop(): Promise<void> {
  expect((await suuupra(['simulate', '--days', '1', '--events-per-day', '5000'])).code).toBe(0);
  const warehouse = createWarehouse(loadConfig());
  const sold = "SELECT count() > 0 AS is_there FROM events WHERE event_type = 'purchase' AND isNotNull(currency)";
  await vi.waitFor(
    async () => {
      expect(await warehouse.rows(sold)).toEqual([{ is_there: 1 }]);
    },
    { timeout: 60_000, interval: 500 },
  );
  await warehouse.close();
}
