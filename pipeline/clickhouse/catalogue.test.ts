import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkCatalogue } from '@suuupra/analysis';
import { afterAll, expect, test } from 'vitest';
import { loadCatalogue, withNames } from './catalogue.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-catalogue-'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});
const write = (name: string, text: string): void => {
  fs.writeFileSync(path.join(folder, name), text);
};

test('the definitions of the repository are read from all files and are valid', async () => {
  const catalogue = await loadCatalogue();
  expect(Object.keys(catalogue.definitions)).toContain('purchase-funnel');
  expect(Object.keys(catalogue.events).length).toBeGreaterThan(0);
  expect(checkCatalogue(catalogue)).toEqual([]);
});

test('names are taken for what they stand for, across files', async () => {
  write('a.yaml', 'events:\n  order: { event: purchase, name: Bought }\n');
  write('b.yml', 'definitions:\n  sales: { analysis: funnel, steps: [{ event: page_view }, order] }\n');
  const catalogue = await loadCatalogue(folder);
  expect(withNames('sales', catalogue)).toEqual({
    analysis: 'funnel',
    steps: [{ event: 'page_view' }, { event: 'purchase', name: 'Bought' }],
  });
  expect(() => withNames({ analysis: 'funnel', steps: ['ordre'] }, catalogue)).toThrow(/steps\.0/);
});

test('a name that stands twice, and a file that is no YAML, are refused', async () => {
  write('c.yaml', 'events:\n  order: { event: purchase }\n');
  await expect(loadCatalogue(folder)).rejects.toThrow('two events named order');
  write('c.yaml', 'events: {');
  await expect(loadCatalogue(folder)).rejects.toMatchObject({ code: 'input_invalid' });
  fs.rmSync(path.join(folder, 'c.yaml'));
});
