import { projectPath } from '@suuupra/core';
import { launchChromium, type Preview } from '@suuupra/preview/testing';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BundleScan, scanBundle } from './build/scan.ts';
import { openPreview } from '../tests/preview.ts';

const DIST = projectPath('plugin/dist');
const scripts = fs.readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
const textOf = (file: string): string => fs.readFileSync(path.join(DIST, file), 'utf8');

let scan: BundleScan;
let preview: Preview;
let browser: Browser;

beforeAll(async () => {
  scan = scanBundle(DIST);
  preview = await openPreview();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await preview.stop();
});

/** What a generation of Grafana exports from modules that it shares with plugins; null for one that it does not share. */
async function sharedBy(generation: string, modules: readonly string[]): Promise<Record<string, string[] | null>> {
  const page = await browser.newPage();
  await page.goto(`${preview.url}/dashboards?grafana=${generation}`);
  await page.getByRole('link').first().waitFor();
  const names = await page.evaluate(async (wanted) => {
    const { System } = window as unknown as { System: { import(name: string): Promise<object> } };
    const namesOf = (name: string): Promise<string[] | null> => System.import(name).then(Object.keys, () => null);
    return Object.fromEntries(await Promise.all(wanted.map(async (name) => [name, await namesOf(name)] as const)));
  }, modules);
  await page.close();
  return names;
}

describe('the bundle', () => {
  it.each(['10', '13'])('asks only for what Grafana %s shares with plugins', async (generation) => {
    const shared = await sharedBy(generation, [...scan.used.keys()]);
    const missing = [...scan.used].flatMap(([module, names]) => {
      const exported = shared[module];
      if (!exported) return [module];
      return [...names].filter((name) => !exported.includes(name)).map((name) => `${module}: ${name}`);
    });
    expect(missing).toEqual([]);
    expect(scan.used.get('@grafana/data')).toContain('PanelPlugin'); // the scan sees something
  });

  it('runs no text as code', () => {
    expect(scan.evaluations).toEqual([]);
  });

  it.each([
    'react/jsx-runtime',
    'react.production',
    'react-dom.production',
    '__SECRET_INTERNALS',
    '__CLIENT_INTERNALS',
  ])('brings no React of its own: no %s', (mark) => {
    expect(scripts.filter((file) => textOf(file).includes(mark))).toEqual([]);
  });

  it('loads each entry in less than 250 kB, and all chunks are smaller than that too', () => {
    const sizes = scripts.map((file) => [file, zlib.gzipSync(textOf(file)).length] as const);
    expect(sizes.filter(([, bytes]) => bytes > 250_000)).toEqual([]);
  });
});
