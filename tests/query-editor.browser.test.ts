import { loadConfig, projectPath } from '@suuupra/core';
import { provisioningEnvironment } from '@suuupra/local';
import { launchChromium, type Preview, startPreview, watch } from '@suuupra/preview/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ADDRESS = '/datasource/suuupra-clickhouse';
/** Each analysis as the menu calls it, and how its sentence begins when nothing is said yet. */
const ANALYSES = {
  Funnel: 'Of users that did',
  Retention: 'Of users by the day of their first event',
  Experiment: 'Of users by the variant of',
  Trend: 'Per day: A, the number of events of any type',
  Activity: 'Users with at least one event',
  Lifecycle: 'Users of each day',
  Sessions: 'Sessions by the day they begin on',
  Engagement: 'For each content',
  Revenue: 'Purchases, refunds',
  Segments: 'How many users are new',
  Paths: 'Which types of events follow',
};

let preview: Preview;
let browser: Browser;

beforeAll(async () => {
  preview = await startPreview({
    plugins: projectPath('plugin/dist'),
    provisioning: projectPath('provisioning'),
    environment: provisioningEnvironment(loadConfig()),
  });
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await preview.stop();
});

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByText(option, { exact: true }).last().click();
}

async function withEditor(generation: string, work: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage();
  const problems = watch(page);
  await page.goto(`${preview.url}${ADDRESS}?grafana=${generation}`);
  await page.getByRole('radio', { name: 'Analysis' }).click({ force: true });
  await page.getByRole('combobox', { name: 'Analysis', exact: true }).waitFor();
  await work(page);
  expect(problems).toEqual([]);
  await page.close();
}

/** The definition as the editor holds it. */
async function definition(page: Page): Promise<Record<string, unknown>> {
  const json = page.getByRole('switch', { name: 'As JSON' }).or(page.getByRole('checkbox', { name: 'As JSON' }));
  await json.click({ force: true });
  const lines = page.locator('.view-lines').first();
  await lines.waitFor();
  await expect.poll(async () => (await lines.innerText()).trim().endsWith('}')).toBe(true);
  // Monaco draws lines in any order and spaces as no-break ones.
  const drawn = await page.locator('.view-line').evaluateAll((all) =>
    all
      .map((line) => ({ top: Number.parseFloat((line as HTMLElement).style.top), text: line.textContent }))
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text.replaceAll('\u00a0', ' '))
      .join('\n'),
  );
  await json.click({ force: true });
  return JSON.parse(drawn) as Record<string, unknown>;
}

describe.each(['10', '13'])('the query editor in Grafana %s', (generation) => {
  it('has a form and a sentence for every analysis', async () => {
    await withEditor(generation, async (page) => {
      for (const [label, sentence] of Object.entries(ANALYSES)) {
        await choose(page, 'Analysis', label);
        await page.locator('p[aria-live=polite]').filter({ hasText: sentence }).waitFor();
      }
    });
  });

  it('changes in a form only what was changed', async () => {
    await withEditor(generation, async (page) => {
      await choose(page, 'Analysis', 'Retention');
      await choose(page, 'By', 'week');
      await choose(page, 'Counts as back', 'within brackets of days');
      await page.locator('p[aria-live=polite]').filter({ hasText: 'within each bracket of days' }).waitFor();
      expect(await definition(page)).toEqual({
        analysis: 'retention',
        period: 'week',
        mode: 'bracket',
        brackets: [
          [1, 7],
          [8, 14],
          [15, 28],
        ],
      });
    });
  });
});
