import { launchChromium, type Preview, watch } from '@suuupra/preview/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPreview } from './preview.ts';

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
  preview = await openPreview();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await preview.stop();
});

/** Chooses an option as somebody does who types. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  const box = page.getByRole('combobox', { name: label, exact: true });
  await box.focus();
  await box.pressSequentially(option);
  await box.press('Enter');
}

async function withEditor(generation: string, work: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage();
  const problems = watch(page);
  await page.goto(`${preview.url}${ADDRESS}?grafana=${generation}`);
  await page.getByText('Analysis', { exact: true }).first().click({ force: true });
  await page.getByRole('combobox', { name: 'Analysis', exact: true }).waitFor();
  await work(page);
  // Monaco's loader rejects with a bare object when an editor goes before it is there.
  expect(problems.filter((problem) => problem !== 'exception: ')).toEqual([]);
  await page.close();
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
      const sentence = page.locator('p[aria-live=polite]');
      await sentence.filter({ hasText: 'by the week of' }).filter({ hasText: 'within each bracket of days' }).waitFor();
      await page.getByRole('textbox', { name: 'Brackets' }).fill('1-3, 4-40');
      await page.getByRole('textbox', { name: 'Brackets' }).press('Enter');
      // All of it stands in the definition, as it is stored.
      await page
        .getByRole('switch', { name: 'As JSON' })
        .or(page.getByRole('checkbox', { name: 'As JSON' }))
        .press('Space');
      for (const part of ['"period": "week"', '"mode": "bracket"', '40'])
        await page
          .locator('.view-lines')
          .filter({ hasText: new RegExp(part.replaceAll(' ', '\\s')) })
          .waitFor();
    });
  });
});
