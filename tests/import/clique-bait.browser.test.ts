import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createWarehouse } from '@suuupra/clickhouse';
import { loadConfig, projectPath } from '@suuupra/core';
import { launchChromium, watch } from '@suuupra/preview/testing';
import { expect, test, vi } from 'vitest';
import { suuupra } from '../command.ts';
import { CLIQUE_BAIT, EVENTS, FUNNEL, isAbsent, plainCounts, STORED, WHEN_ABSENT } from './clique-bait.ts';
import { openPreview } from '../preview.ts';

/** A dashboard of one funnel as a table. */
const dashboard = {
  uid: 'clique-bait',
  title: 'Clique Bait',
  schemaVersion: 36,
  time: { from: '2019-01-01T00:00:00.000Z', to: '2021-01-01T00:00:00.000Z' },
  panels: [
    {
      id: 1,
      type: 'suuupra-funnel-panel',
      title: 'Visits',
      gridPos: { x: 0, y: 0, w: 24, h: 10 },
      options: { view: 'table' },
      datasource: { type: 'suuupra-analytics-datasource', uid: 'suuupra-clickhouse' },
      targets: [
        {
          refId: 'A',
          mode: 'analysis',
          format: 'table',
          rawSql: '',
          definition: FUNNEL,
          datasource: { type: 'suuupra-analytics-datasource', uid: 'suuupra-clickhouse' },
        },
      ],
    },
  ],
};

test.skipIf(isAbsent)(
  `the panel shows of Clique Bait's visits what a plain count over its file gives${WHEN_ABSENT}`,
  async () => {
    expect((await suuupra(['import', CLIQUE_BAIT, '--mapping', 'clique-bait'])).code).toBe(0);
    const config = loadConfig();
    const warehouse = createWarehouse(config);
    await vi.waitFor(
      async () => {
        expect(await warehouse.rows(STORED)).toEqual([{ events: String(EVENTS) }]);
      },
      {
        timeout: 120_000,
        interval: 500,
      },
    );
    const provisioning = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-clique-bait-'));
    fs.cpSync(projectPath('provisioning'), provisioning, { recursive: true });
    fs.writeFileSync(path.join(provisioning, 'dashboards', 'clique-bait.json'), JSON.stringify(dashboard));
    const preview = await openPreview(provisioning);
    const browser = await launchChromium();
    try {
      for (const generation of ['10', '13']) {
        const page = await browser.newPage();
        const problems = watch(page);
        await page.goto(`${preview.url}/d/clique-bait?grafana=${generation}`);
        const rows = page.getByRole('region', { name: 'Steps of the funnel' }).locator('tbody tr');
        await rows.first().waitFor();
        const shown = await rows.locator('td:nth-of-type(1)').allTextContents();
        expect(shown).toEqual(plainCounts().map((count) => count.toLocaleString('en-US')));
        expect(problems).toEqual([]);
        await page.close();
      }
    } finally {
      await browser.close();
      await preview.stop();
      await warehouse.close();
      fs.rmSync(provisioning, { recursive: true });
    }
  },
);
