import { once } from 'node:events';
import fs from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bundle } from '@suuupra/browser-sdk/bundle';
import type { RunningCollector } from '@suuupra/collector';
import { projectPath } from '@suuupra/core';
import { launchChromium } from '@suuupra/preview/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WRITE_KEY, openCollector, ownType, stored, warehouse } from './support.ts';

let site: Server;
let origin: string;
let collector: RunningCollector;
let browser: Browser;

/** A page that loads the SDK as a script; the options stand in its address. */
async function openSite(): Promise<void> {
  const script = await bundle('iife');
  const page = `<!doctype html><title>Shop</title><script src="/suuupra.js"></script><script>
    problems = [];
    analytics = suuupra.createAnalytics({
      ...JSON.parse(new URLSearchParams(location.hash.slice(1)).get('options')),
      onProblem: (problem) => problems.push(problem),
    });
  </script>`;
  site = createServer((request, response) => {
    const isScript = request.url === '/suuupra.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : request.url === '/documented' ? documentedPage() : page);
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  origin = `http://127.0.0.1:${String((site.address() as AddressInfo).port)}`;
}

/** The page of the guide, with this collector and its key. */
function documentedPage(): string {
  const guide = fs.readFileSync(projectPath('docs/collect.md'), 'utf8');
  const [, block = ''] = /```html\n([^]*?)```/.exec(guide) ?? [];
  return block.replace('http://127.0.0.1:8090', collector.url).replace('a-public-write-key', WRITE_KEY);
}

beforeAll(async () => {
  await openSite();
  collector = await openCollector({ collectorOrigins: [origin] });
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  site.close();
  await collector.close();
  await warehouse.close();
});

const addressOf = (path: string, options: object = {}): string =>
  `${origin}${path}#options=${encodeURIComponent(
    JSON.stringify({ url: collector.url, writeKey: WRITE_KEY, flushMs: 100, ...options }),
  )}`;

async function visit(context: BrowserContext, path: string, options: object = {}): Promise<Page> {
  const page = await context.newPage();
  await page.goto(addressOf(path, options));
  return page;
}

const track = (page: Page, type: string, properties: object = {}, contentId?: string): Promise<unknown> =>
  page.evaluate(
    `analytics.track(${JSON.stringify(type)}, ${JSON.stringify(properties)}, ${JSON.stringify(contentId)})`,
  );
const problems = (page: Page): Promise<{ code: string; message: string }[]> => page.evaluate('problems');
const keys = (page: Page): Promise<string[]> => page.evaluate('Object.keys(localStorage)');
const queued = async (page: Page): Promise<boolean> =>
  (await keys(page)).some((key) => key.startsWith('suuupra.queue.'));
const userOf = (page: Page): Promise<string> => page.evaluate('localStorage.getItem("suuupra.user")');

interface Row {
  readonly event_type: string;
  readonly user_id: string;
  readonly session_id: string;
  readonly content_id: string | null;
  readonly url: string;
  readonly referrer: string | null;
  readonly device: string;
  readonly amount: string | null;
  readonly rest: string;
  readonly delay: string;
}

const rowsOf = (user: string): Promise<readonly Row[]> =>
  warehouse.rows<Row>(
    `SELECT event_type, user_id, session_id, content_id, url, referrer, device, toString(amount) AS amount,
       toJSONString(properties) AS rest, received_at - timestamp AS delay
     FROM unique_events WHERE user_id = {user:UUID} ORDER BY timestamp, event_type`,
    { params: { user } },
  );

/** The rows of a user once there are as many as expected. */
const arrived = (user: string, count: number): Promise<readonly Row[]> =>
  vi.waitUntil(
    async () => {
      const rows = await rowsOf(user);
      return rows.length >= count && rows;
    },
    { timeout: 60_000, interval: 300 },
  );

test('views of pages, of addresses by the history, and events arrive with their fields; no cookie is set', async () => {
  const context = await browser.newContext();
  const page = await visit(context, '/shelf?utm_source=mail&email=a@b.example');
  const user = await userOf(page);
  await page.waitForTimeout(20);
  await page.evaluate("history.pushState({}, '', '/item?id=7')");
  await page.waitForTimeout(20);
  await track(page, 'add_to_cart', { amount: 19.99, currency: 'EUR', colour: 'red', nothing: null }, 'item-7');
  await page.waitForTimeout(20);
  await page.goBack();

  const rows = await arrived(user, 4);
  expect(rows.map(({ event_type, url, referrer }) => [event_type, url, referrer])).toEqual([
    ['page_view', `${origin}/shelf?utm_source=mail`, null],
    ['page_view', `${origin}/item`, `${origin}/shelf?utm_source=mail`],
    ['add_to_cart', `${origin}/item`, null],
    ['page_view', `${origin}/shelf?utm_source=mail`, `${origin}/item`],
  ]);
  expect(new Set(rows.map(({ session_id }) => session_id)).size).toBe(1);
  expect(new Set(rows.map(({ device }) => device))).toEqual(new Set(['desktop']));
  expect(rows[2]).toMatchObject({ content_id: 'item-7', amount: '19.99', rest: '{"colour":"red"}' });
  expect(await context.cookies()).toEqual([]);
  expect(await problems(page)).toEqual([]);
  await context.close();
});

test('what happens offline is kept, also beyond the page, and arrives once when the network is back', async () => {
  const event_type = ownType();
  const context = await browser.newContext();
  const page = await visit(context, '/', { pageViews: false });
  await context.setOffline(true);
  for (let index = 0; index < 5; index++) await track(page, event_type, { index });
  await expect.poll(() => problems(page)).toContainEqual(expect.objectContaining({ code: 'unreachable' }));
  expect(await queued(page)).toBe(true);
  await page.goto('about:blank');

  await context.setOffline(false);
  const next = await visit(context, '/', { pageViews: false });
  await track(next, event_type, { index: 5 });
  expect(await stored(event_type, 6)).toEqual({ events: 6, ids: 6 });
  await expect.poll(() => queued(next)).toBe(false);

  await context.setOffline(true);
  await track(next, event_type, { index: 6 });
  await next.waitForTimeout(300);
  await context.setOffline(false);
  expect(await stored(event_type, 7)).toEqual({ events: 7, ids: 7 });
  await context.close();
});

test('what was not sent when a page is left goes by sendBeacon, and counts once when the next page sends it again', async () => {
  const event_type = ownType();
  const context = await browser.newContext();
  const page = await visit(context, '/', { pageViews: false, flushMs: 3_600_000 });
  await track(page, event_type);
  await track(page, event_type);
  await page.goto('about:blank');
  expect(await stored(event_type, 2)).toEqual({ events: 2, ids: 2 });

  const next = await visit(context, '/', { pageViews: false });
  await expect.poll(() => queued(next)).toBe(false);
  await track(next, event_type);
  expect(await stored(event_type, 3)).toEqual({ events: 3, ids: 3 });
  await context.close();
});

test.each([
  ['Do Not Track', "Object.defineProperty(Navigator.prototype, 'doNotTrack', { get: () => '1' })"],
  ['Global Privacy Control', "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })"],
])('a browser that says %s sends and stores nothing', async (_name, script) => {
  const context = await browser.newContext();
  await context.addInitScript(script);
  const requests: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  const page = await visit(context, '/');
  await track(page, 'add_to_cart');
  await page.evaluate("analytics.identify('me')");
  await page.evaluate('analytics.flush()');
  await page.waitForTimeout(500);
  await page.goto('about:blank');
  expect(requests.filter((url) => url.startsWith(collector.url))).toEqual([]);
  await page.goto(addressOf('/'));
  expect(await keys(page)).toEqual([]);
  await context.close();
});

test('a known user keeps the id that an import gives it; opting out forgets all and lasts', async () => {
  const context = await browser.newContext();
  const page = await visit(context, '/');
  const visitor = await userOf(page);
  const foreign = ownType();
  await page.evaluate(`analytics.identify(${JSON.stringify(foreign)})`);
  const user = await userOf(page);
  expect(user).not.toBe(visitor);
  const [identified] = await arrived(user, 1);
  expect(identified).toMatchObject({ event_type: 'identify', rest: JSON.stringify({ anonymous_id: visitor }) });

  await page.evaluate('analytics.optOut()');
  await page.reload();
  await track(page, 'add_to_cart');
  expect(await keys(page)).toEqual(['suuupra.opt-out']);
  await page.evaluate('analytics.optIn()');
  expect(await userOf(page)).not.toBe(user);
  await context.close();
});

test('the page is told of refused events, and a wrong key keeps events until it is right', async () => {
  const event_type = ownType();
  const context = await browser.newContext();
  const page = await visit(context, '/', { pageViews: false, writeKey: 'not-a-key-of-this-collector' });
  await track(page, event_type);
  await expect
    .poll(() => problems(page))
    .toContainEqual({ code: 'unreachable', message: 'the write key is not valid' });
  await track(page, 'No Type');
  expect(await problems(page)).toContainEqual(expect.objectContaining({ code: 'invalid' }));
  await page.goto('about:blank');

  const next = await visit(context, '/', { pageViews: false });
  await track(next, event_type, { list: [1] });
  await expect
    .poll(() => problems(next))
    .toContainEqual({
      code: 'refused',
      message: expect.stringContaining('properties.list') as string,
    });
  expect(await stored(event_type, 1)).toEqual({ events: 1, ids: 1 });
  await context.close();
});

test('the page of the guide sends its page view and its event', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/documented`);
  const rows = await arrived(await userOf(page), 2);
  expect(rows.map(({ event_type }) => event_type).sort()).toEqual(['add_to_cart', 'page_view']);
  expect(rows.find(({ event_type }) => event_type === 'add_to_cart')).toMatchObject({
    amount: '19.99',
    content_id: 'shoe-42',
  });
  await context.close();
});
