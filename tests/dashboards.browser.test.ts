import { launchChromium, type Preview, watch } from '@suuupra/preview/testing';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openShop } from './shop.ts';
import { openPreview } from './preview.ts';

/** Ends of the supported range of Grafana. */
const GENERATIONS = ['10', '13'];
const THEMES = ['dark', 'light'];

interface Hit {
  readonly title: string;
  readonly url: string;
}

let preview: Preview;
let browser: Browser;
let profile: BrowserContext;

beforeAll(async () => {
  await openShop();
  preview = await openPreview();
  browser = await launchChromium();
  profile = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
});

afterAll(async () => {
  await browser.close();
  await preview.stop();
});

/** Opens a dashboard, waits until no panel asks any more, and says what went wrong. */
async function problemsOf(address: string): Promise<string[]> {
  const page = await profile.newPage();
  try {
    const problems = watch(page);
    await page.goto(preview.url + address);
    await page.getByTestId('panel').first().waitFor();
    await expect
      .poll(() => page.locator('[data-testid=panel]:not([data-state=Done]):not([data-state=Error])').count(), {
        timeout: 60_000,
      })
      .toBe(0);
    const errors: string[] = [];
    for (const panel of await page.locator('[data-testid=panel][data-error]').all())
      errors.push(
        `${String(await panel.getAttribute('aria-label'))}: ${String(await panel.getAttribute('data-error'))}`,
      );
    return [...problems, ...errors];
  } finally {
    await page.close();
  }
}

it('every provisioned dashboard shows all of its panels without an error, in both generations and themes', async () => {
  const hits = (await (await fetch(`${preview.url}/api/search`)).json()) as Hit[];
  expect(hits.length).toBeGreaterThan(0);
  for (const { title, url } of hits)
    for (const generation of GENERATIONS)
      for (const theme of THEMES)
        expect(
          await problemsOf(`${url}?grafana=${generation}&theme=${theme}`),
          `${title}, ${generation}, ${theme}`,
        ).toEqual([]);
});

it('the data source answers that it can read the events', async () => {
  const sources = (await (await fetch(`${preview.url}/api/datasources`)).json()) as { uid: string }[];
  expect(sources.length).toBeGreaterThan(0);
  for (const { uid } of sources) {
    const answer = await fetch(`${preview.url}/api/datasources/uid/${uid}/health`);
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ status: 'OK' })]);
  }
});
