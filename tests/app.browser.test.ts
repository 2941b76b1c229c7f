import { launchChromium, type Preview, watch } from '@suuupra/preview/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop } from './shop.ts';
import { openPreview } from './preview.ts';

const APP = '/a/suuupra-analytics-app';

let preview: Preview;
let browser: Browser;

beforeAll(async () => {
  await openShop();
  preview = await openPreview();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await preview.stop();
});

async function onPage(address: string, generation: string, work: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  try {
    const problems = watch(page);
    await page.goto(`${preview.url}${APP}${address}${address.includes('?') ? '&' : '?'}grafana=${generation}`);
    await work(page);
    expect(problems).toEqual([]);
  } finally {
    await page.close();
  }
}

const parameter = (page: Page, name: string): string | null => new URL(page.url()).searchParams.get(name);

describe.each(['10', '13'])('the app in Grafana %s', (generation) => {
  it('finds a user, shows what they did, and says why they count', async () => {
    await onPage('', generation, async (page) => {
      await page.getByRole('link', { name: 'Look at one user' }).click();
      const user = page
        .getByRole('region', { name: 'Recently active' })
        .getByRole('link', { name: /^[0-9a-f-]{36}$/ })
        .first();
      const id = (await user.textContent()) ?? '';
      await user.click();
      await page.getByRole('region', { name: 'Timeline' }).getByRole('row').nth(1).waitFor();
      expect(parameter(page, 'user')).toBe(id);
      expect(await page.getByRole('textbox', { name: 'User' }).inputValue()).toBe(id);

      await page.getByRole('tab', { name: 'Why' }).click();
      const verdict = page.getByRole('region', { name: 'Why' }).getByRole('status').first();
      await verdict.filter({ hasText: /Reached .+ of 4/ }).waitFor();
      // Each step that was reached is an event that counts.
      const reached = /(\d) of 4/.exec(await verdict.innerText())?.[1] ?? '0';
      await page.getByText(new RegExp(`^${reached} of \\d+ events count`)).waitFor();
      await page.getByText('Also events of other types or times').click();
      await page.getByRole('region', { name: 'Why' }).getByRole('row').nth(1).waitFor();

      const analysis = page.getByRole('combobox', { name: 'Analysis' });
      await analysis.focus();
      await analysis.pressSequentially('Sessions');
      await analysis.press('Enter');
      await verdict.filter({ hasText: /^\d+ sessions?/ }).waitFor();
      expect(parameter(page, 'definition')).toBe('{"analysis":"sessions"}');
    });
  });

  it('refuses what is no user id, and says why an unknown user has no events', async () => {
    await onPage('/users', generation, async (page) => {
      const box = page.getByRole('textbox', { name: 'User' });
      await box.fill('somebody');
      await box.press('Enter');
      await page.getByText('A user id is a UUID').waitFor();
      expect(parameter(page, 'user')).toBeNull();
      await box.fill('00000000-0000-4000-8000-000000000000');
      await box.press('Enter');
      await page.getByText('No events of this user in the time range').waitFor();
    });
  });

  it('says what is wrong with a definition in the address', async () => {
    const definition = encodeURIComponent('{"analysis":"funnel","steps":[]}');
    const address = `/users?user=00000000-0000-4000-8000-000000000000&tab=why&definition=${definition}`;
    await onPage(address, generation, async (page) => {
      await page.getByRole('alert').or(page.getByTestId('data-testid Alert error')).getByText('of.steps').waitFor();
    });
  });

  it('lists types of events, and what the chosen one carries', async () => {
    await onPage('/events', generation, async (page) => {
      await page.getByRole('region', { name: 'Event types' }).getByRole('link', { name: 'purchase' }).click();
      const details = page.getByRole('region', { name: 'purchase' });
      await details.getByRole('row').filter({ hasText: 'amount' }).filter({ hasText: 'number' }).waitFor();
      expect(parameter(page, 'event')).toBe('purchase');
    });
  });

  it('begins with the numbers of the day, how complete they are, and the dashboards', async () => {
    await onPage('', generation, async (page) => {
      const figures = page.locator('section[aria-labelledby=suuupra-today] li');
      await figures.first().waitFor();
      expect(await figures.count()).toBe(4);
      expect(await figures.filter({ has: page.locator('canvas') }).count()).toBe(4);
      expect(await figures.first().innerText()).toMatch(/^Users\n+[\d,]+\n/);
      await page.getByRole('region', { name: 'Data' }).getByText(/ago$/).waitFor();
      await page.getByRole('region', { name: 'Dashboards' }).getByRole('link', { name: 'Funnels' }).waitFor();
    });
  });

  it('says why there are no numbers while the data source fails, and asks again', async () => {
    const page = await browser.newPage();
    await page.route('**/api/ds/query**', (route) =>
      route.fulfill({ status: 500, json: { message: 'ClickHouse is away' } }),
    );
    await page.goto(`${preview.url}${APP}?grafana=${generation}`);
    await page.getByText('ClickHouse is away').first().waitFor();
    await page.unroute('**/api/ds/query**');
    for (const left of [1, 0]) {
      await page.getByRole('button', { name: 'Try again' }).first().click();
      await expect.poll(() => page.getByRole('button', { name: 'Try again' }).count()).toBe(left);
    }
    await page.getByRole('region', { name: 'Data' }).getByText(/ago$/).waitFor();
    await page.close();
  });

  it('says so where there is no page', async () => {
    await onPage('/nothing', generation, async (page) => {
      await page.getByRole('link', { name: 'Back to the beginning' }).click();
      await page.getByRole('region', { name: 'Today' }).waitFor();
    });
  });
});
