import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildExample } from './testing/example/build.ts';
import { launchChromium, type Preview, startPreview, watch } from './testing/index.ts';

const GENERATIONS = ['10', '13'] as const;
const datasource = { type: 'example-datasource', uid: 'example' };

const panel = (id: number, type: string, title: string, kind: string, more: object = {}) => ({
  id,
  type,
  title,
  datasource,
  targets: [{ refId: 'A', kind }],
  gridPos: { x: (id % 2) * 12, y: 8 * Math.floor(id / 2), w: 12, h: 8 },
  ...more,
});

const DASHBOARD = {
  uid: 'example',
  title: 'An example',
  tags: ['example'],
  time: { from: 'now-7d', to: 'now' },
  templating: {
    list: [
      { type: 'query', name: 'country', label: 'Country', datasource, query: 'countries', current: { value: 'DE' } },
      { type: 'custom', name: 'kind', query: 'table,other' },
    ],
  },
  panels: [
    panel(0, 'example-panel', 'Ours in $country', '$kind', {
      fieldConfig: {
        defaults: { unit: 'percentunit' },
        overrides: [{ matcher: { id: 'byName', options: 'rate' }, properties: [{ id: 'decimals', value: 1 }] }],
      },
    }),
    panel(1, 'timeseries', 'Series', 'series'),
    panel(2, 'stat', 'Stat', 'series'),
    panel(3, 'table', 'Table', 'table'),
    panel(4, 'barchart', 'Bars', 'table'),
    panel(5, 'gauge', 'Gauge', 'table'),
    panel(6, 'text', 'Text', '', { options: { content: '**Bold** for $country' } }),
    panel(7, 'heatmap', 'Heat', 'table'),
    panel(8, 'example-panel', 'Fails', 'fail'),
    panel(9, 'timeseries', 'Empty', 'empty'),
  ],
};
const JSX_DASHBOARD = { uid: 'jsx', title: 'JSX', panels: [panel(1, 'example-jsx-panel', 'JSX', 'table')] };

let directory: string;
let preview: Preview;
let browser: Browser;
/** One for all tests, so that the scripts are read from its cache. */
let profile: BrowserContext;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'preview-test-'));
  const plugins = path.join(directory, 'plugins');
  const provisioning = path.join(directory, 'provisioning');
  await mkdir(path.join(provisioning, 'datasources'), { recursive: true });
  await mkdir(path.join(provisioning, 'dashboards', 'Team'), { recursive: true });
  await writeFile(
    path.join(provisioning, 'datasources', 'example.yaml'),
    'datasources: [{name: Example, uid: example, type: example-datasource, url: "${EXAMPLE_URL}", isDefault: true}]',
  );
  await writeFile(
    path.join(provisioning, 'dashboards', 'providers.yaml'),
    'providers: [{folder: Shop, options: {path: $GF_PATHS_PROVISIONING/dashboards}}]',
  );
  await writeFile(path.join(provisioning, 'dashboards', 'Team', 'example.json'), JSON.stringify(DASHBOARD));
  await writeFile(path.join(provisioning, 'dashboards', 'jsx.json'), JSON.stringify(JSX_DASHBOARD));
  await buildExample(plugins);
  preview = await startPreview({ plugins, provisioning, environment: { EXAMPLE_URL: 'http://example.test' } });
  browser = await launchChromium();
  profile = await browser.newContext({ viewport: { width: 1300, height: 900 } });
});

afterAll(async () => {
  await browser.close();
  await preview.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Opens an address in a new page, runs the body and says what went wrong in the page. */
async function visit(address: string, body: (page: Page) => Promise<void>): Promise<string[]> {
  const page = await profile.newPage();
  try {
    const problems = watch(page);
    await page.goto(preview.url + address);
    await body(page);
    return problems;
  } finally {
    await page.close();
  }
}

const panelTitled = (page: Page, title: string) => page.locator(`[data-testid=panel][aria-label="${title}"]`);

describe.each(GENERATIONS)('the page of generation %s', (generation) => {
  const dashboard = `/d/example?grafana=${generation}`;

  it('shows a dashboard with our panel and labelled stand-ins, without a problem in the console', async () => {
    const problems = await visit(dashboard, async (page) => {
      const ours = page.getByTestId('example-panel').first();
      await ours.waitFor();
      expect(await ours.innerText()).toMatch(/Hello, DE[\s\S]*dark[\s\S]*100\.0% 50\.0% 25\.0%[\s\S]*measured/);
      expect(await page.getByRole('heading', { name: 'Ours in DE' }).count()).toBe(1);
      expect(await panelTitled(page, 'Ours in DE').getByText('stand-in').count()).toBe(0);
      for (const title of ['Series', 'Stat', 'Table', 'Bars', 'Gauge', 'Text', 'Heat'])
        expect(await panelTitled(page, title).getByText('stand-in').count(), title).toBe(1);
      expect(await panelTitled(page, 'Series').locator('canvas').count()).toBe(1);
      expect(await panelTitled(page, 'Text').locator('strong').innerText()).toBe('Bold');
      expect(await panelTitled(page, 'Empty').getByText('No data').count()).toBe(1);
      expect(await page.getByText('This is not a Grafana server').count()).toBe(1);
      // Bundles load their chunks relative to it.
      expect(await page.evaluate(() => document.baseURI)).toBe(`${preview.url}/`);
    });
    expect(problems).toEqual([]);
  });

  it('says in the frame of a panel why its query failed, and what an answer warns of', async () => {
    await visit(dashboard, async (page) => {
      const failed = panelTitled(page, 'Fails');
      await failed.and(page.locator('[data-error="the example failed"]')).waitFor();
      await panelTitled(page, 'Table').getByRole('img', { name: 'an example' }).waitFor();
    });
  });

  it('follows the theme of the address and the one that was chosen', async () => {
    await visit(`${dashboard}&theme=light`, async (page) => {
      const theme = page.getByTestId('example-panel').first();
      await theme.getByText('light').waitFor();
      await page.getByRole('button', { name: 'Switch to the dark theme' }).click();
      await theme.getByText('dark').waitFor();
      expect(new URL(page.url()).searchParams.has('theme')).toBe(false);
      await page.reload();
      await theme.getByText('dark').waitFor();
    });
  });

  it('takes variables and the time range from the address, and queries again when they change', async () => {
    await visit(`${dashboard}&var-country=FR&from=1700000000000&to=1700003600000`, async (page) => {
      await page.getByRole('heading', { name: 'Ours in FR' }).waitFor();
      await panelTitled(page, 'Ours in FR').getByText('Hello, FR').waitFor();
      expect(await panelTitled(page, 'Series').count()).toBe(1);
      await page.getByLabel('Country').click();
      await page.getByText('US', { exact: true }).click();
      await panelTitled(page, 'Ours in US').getByText('Hello, US').waitFor();
      const { searchParams } = new URL(page.url());
      expect([searchParams.get('var-country'), searchParams.get('from')]).toEqual(['US', '1700000000000']);
    });
  });

  it('changes an option of a panel in its drawer', async () => {
    await visit(dashboard, async (page) => {
      const ours = panelTitled(page, 'Ours in DE');
      await ours.getByTestId('example-panel').waitFor();
      await ours.hover();
      await ours.getByRole('button', { name: /menu/i }).click();
      await page.getByRole('menuitem', { name: 'Options' }).click();
      await page.getByLabel('Greeting').fill('Moin');
      await ours.getByText('Moin').waitFor();
    });
  });

  it('opens the pages of an app with their own routes', async () => {
    const problems = await visit(`/a/example-app?grafana=${generation}`, async (page) => {
      await page.getByRole('heading', { name: 'Start of the example' }).waitFor();
      await page.getByRole('link', { name: 'More' }).click();
      await page.getByRole('heading', { name: 'More of the example' }).waitFor();
    });
    expect(problems).toEqual([]);
  });

  it('runs a query from the editor of a data source and tests its settings', async () => {
    const problems = await visit(`/datasource/example?grafana=${generation}`, async (page) => {
      await page.getByTestId('query-editor').locator('.monaco-editor').first().waitFor();
      await page.getByRole('button', { name: 'Run query' }).click();
      await page.getByTestId('query-answer').getByRole('cell', { name: 'cart' }).waitFor();
      await page.getByRole('tab', { name: 'Settings' }).click();
      expect(await page.getByLabel('URL').inputValue()).toBe('http://example.test');
      await page.getByRole('button', { name: 'Test' }).click();
      await page.getByText('The example works').waitFor();
    });
    expect(problems).toEqual([]);
  });

  it('lists the dashboards and finds one by its tag', async () => {
    const problems = await visit(`/?grafana=${generation}`, async (page) => {
      await page.getByRole('link', { name: 'JSX' }).waitFor();
      await page.getByText('Shop').first().waitFor();
      await page.getByPlaceholder('Search for dashboards').fill('example');
      await expect.poll(() => page.getByRole('link', { name: 'JSX' }).count()).toBe(0);
      await page.getByRole('link', { name: 'An example' }).click();
      await page.getByTestId('example-panel').first().waitFor();
    });
    expect(problems).toEqual([]);
  });

  it('fits a narrow window without scrolling sideways', async () => {
    await visit(dashboard, async (page) => {
      await page.setViewportSize({ width: 420, height: 900 });
      await page.getByTestId('example-panel').first().waitFor();
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth))
        .toBe(0);
    });
  });
});

describe('what a generation shares with plugins', () => {
  it('has no JSX runtime in 10.1, as in Grafana 10.1', async () => {
    const problems = await visit('/d/jsx?grafana=10', async (page) => {
      await page.locator('[data-panel-type=example-jsx-panel][data-error]').waitFor();
      expect(await page.getByTestId('jsx-panel').count()).toBe(0);
    });
    expect(problems.join('\n')).toContain('react/jsx-runtime');
  });

  it('has one in 13.2', async () => {
    const problems = await visit('/d/jsx?grafana=13', async (page) => {
      await page.getByTestId('jsx-panel').waitFor();
    });
    expect(problems).toEqual([]);
  });
});

describe('what the preview does not know', () => {
  it('is 404', async () => {
    const statuses = await Promise.all(
      ['/api/annotations', '/api/user/preferences', '/elsewhere'].map(
        async (address) => (await fetch(preview.url + address)).status,
      ),
    );
    expect(statuses).toEqual([404, 404, 404]);
  });

  it('is said on the page of a dashboard that does not exist', async () => {
    await visit('/d/nobody', async (page) => {
      await page.getByText('Dashboard not found').waitFor();
    });
  });
});
