import fs from 'node:fs';
import type { Answer } from '@suuupra/clickhouse';
import { loadConfig, projectPath } from '@suuupra/core';
import { createWarehouse } from '@suuupra/clickhouse';
import { expect, test, vi } from 'vitest';
import { suuupra } from '../../tests/command.ts';
import { startTestApi } from './testing/api.ts';

const CLIQUE_BAIT = projectPath('..', 'shared', 'data', 'clique-bait', 'events.csv');
const absent = !fs.existsSync(CLIQUE_BAIT);

/** Codes of the file's event types. */
const STEPS = { page_view: '1', add_to_cart: '2', purchase: '3' };
const EVENTS = 32_734;

/** How many visits have a page view, then an item put into the cart, then a purchase: a plain loop over the file. */
function plainCounts(): number[] {
  const [head = '', ...lines] = fs.readFileSync(CLIQUE_BAIT, 'utf8').trim().split(/\r?\n/);
  const columns = head.split(',');
  const at = (name: string): number => columns.indexOf(name);
  const visits = new Map<string, { type: string; sequence: number }[]>();
  for (const line of lines) {
    const fields = line.split(',');
    const visit = fields[at('visit_id')] ?? '';
    const steps = visits.get(visit) ?? [];
    steps.push({ type: fields[at('event_type')] ?? '', sequence: Number(fields[at('sequence_number')]) });
    visits.set(visit, steps);
  }
  const counts = [0, 0, 0];
  for (const events of visits.values()) {
    let level = 0;
    for (const { type } of events.sort((a, b) => a.sequence - b.sequence))
      if (type === Object.values(STEPS)[level]) level++;
    for (let step = 0; step < level; step++) counts[step] = (counts[step] ?? 0) + 1;
  }
  return counts;
}

test.skipIf(absent)(
  `the funnel of Clique Bait's visits is what a plain count over its file gives${absent ? ' (skipped: ../shared/data/clique-bait is absent)' : ''}`,
  async () => {
    expect((await suuupra(['import', CLIQUE_BAIT, '--mapping', 'clique-bait'])).code).toBe(0);
    const warehouse = createWarehouse(loadConfig());
    const api = await startTestApi();
    try {
      await vi.waitFor(
        async () => {
          const stored = 'SELECT count() AS events FROM events FINAL WHERE isNotNull(properties.source_cookie_id)';
          expect(await warehouse.rows(stored)).toEqual([{ events: String(EVENTS) }]);
        },
        { timeout: 120_000, interval: 500 },
      );
      const response = await api.query({
        analysis: 'funnel',
        unit: 'session',
        steps: Object.keys(STEPS).map((event) => ({ event })),
        filters: [{ property: 'source_cookie_id', op: 'exists' }],
      });
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
