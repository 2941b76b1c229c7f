import type { Answer } from '@suuupra/clickhouse';
import { createWarehouse } from '@suuupra/clickhouse';
import { loadConfig } from '@suuupra/core';
import { expect, test, vi } from 'vitest';
import { suuupra } from '../../tests/command.ts';
import {
  CLIQUE_BAIT,
  EVENTS,
  FUNNEL,
  isAbsent,
  plainCounts,
  STORED,
  WHEN_ABSENT,
} from '../../tests/import/clique-bait.ts';
import { startTestApi } from './testing/api.ts';

test.skipIf(isAbsent)(
  `the funnel of Clique Bait's visits is what a plain count over its file gives${WHEN_ABSENT}`,
  async () => {
    expect((await suuupra(['import', CLIQUE_BAIT, '--mapping', 'clique-bait'])).code).toBe(0);
    const warehouse = createWarehouse(loadConfig());
    const api = await startTestApi();
    try {
      await vi.waitFor(
        async () => {
          expect(await warehouse.rows(STORED)).toEqual([{ events: String(EVENTS) }]);
        },
        { timeout: 120_000, interval: 500 },
      );
      const response = await api.query(FUNNEL);
      const { rows } = (await response.json()) as Answer;
      const counts = rows.map(({ count }) => count);
      expect(counts).toEqual(plainCounts());
      expect(counts[2]).toBe(1777);
    } finally {
      await api.close();
      await warehouse.close();
    }
  },
);
