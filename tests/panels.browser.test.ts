import { launchChromium, type Preview, watch } from '@suuupra/preview/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { casesOf, PANELS, type Situation } from './panels/cases.ts';
import { provisionCases } from './panels/dashboards.ts';
import { openPreview } from './preview.ts';

const NAMES = Object.keys(PANELS);

let preview: Preview;
let browser: Browser;
let provisioned: ReturnType<typeof provisionCases>;

beforeAll(async () => {
  provisioned = provisionCases(Object.entries(PANELS).flatMap(([name, panel]) => casesOf(name, panel)));
  preview = await openPreview(provisioned.directory);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await preview.stop();
  provisioned.remove();
});

/** Opens a panel in a situation, and looks at it once its data is there. */
async function look<T>(
  name: string,
  situation: Situation,
  read: (page: Page) => Promise<T>,
  { generation = '13', width = 1000 } = {},
): Promise<T> {
  const page = await browser.newPage({ viewport: { width, height: 700 } });
  try {
    const problems = watch(page);
    await page.goto(`${preview.url}/d/${name}-${situation}?kiosk&grafana=${generation}`);
    await page.locator('[data-testid=panel]:is([data-state=Done],[data-state=Error])').waitFor();
    const found = await read(page);
    // a refused query is an answer of status 400: that is what the situation is about
    if (situation !== 'error') expect(problems).toEqual([]);
    return found;
  } finally {
    await page.close();
  }
}

const textOf = (page: Page): Promise<string> => page.getByTestId('panel').innerText();
const figure = (page: Page) => page.getByTestId('panel').locator('figure');

describe.each(NAMES)('the panel of %s', (name) => {
  it.each(['10', '13'])('draws an answer in Grafana %s, with a summary in words', async (generation) => {
    const words = await look(name, 'full', (page) => figure(page).locator('figcaption').innerText(), { generation });
    expect(words).toMatch(/\d/);
  });

  it('draws a single row', async () => {
    expect(await look(name, 'one-row', (page) => figure(page).count())).toBe(1);
  });

  it('draws thousands of rows', async () => {
    expect(await look(name, 'huge', (page) => figure(page).count())).toBe(1);
  });

  it('says that there is no data, or that the data is something else', async () => {
    expect(await look(name, 'empty', textOf)).toContain('No data');
    expect(await look(name, 'unfit', textOf)).toContain('there is no frame with');
  });

  it('says that a part is missing when the result was cut', async () => {
    expect(await look(name, 'truncated', textOf)).toContain('cut by a limit');
  });

  it('shows the error of a query', async () => {
    expect(await look(name, 'error', textOf)).toContain('as planned');
  });

  it('shows details by keys, keeps them on Enter to follow a link, and closes them with Escape', async () => {
    await look(name, 'full', async (page) => {
      const mark = figure(page).locator('[data-place][tabindex="0"], [role=slider]').first();
      await mark.focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowLeft');
      await page.getByRole('tooltip').waitFor();
      await page.keyboard.press('Enter');
      const details = page.getByRole('dialog', { name: 'Details' });
      expect(await details.getByRole('link').first().getAttribute('href')).toContain('/dashboards?metric=');
      await page.keyboard.press('Escape');
      await details.waitFor({ state: 'detached' });
    });
  });

  it('stays inside 200 pixels', async () => {
    const overflow = await look(
      name,
      'full',
      (page) =>
        figure(page).evaluate((element) => {
          const { scrollWidth, clientWidth } = element as unknown as Record<'scrollWidth' | 'clientWidth', number>;
          return scrollWidth - clientWidth;
        }),
      { width: 400 },
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
