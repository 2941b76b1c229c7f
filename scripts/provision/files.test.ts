import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { provisionedFiles } from './files.ts';

const root = path.resolve(import.meta.dirname, '../..');

test.each([...(await provisionedFiles())])('%s is what `npm run provision` writes', (file, text) => {
  const there = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  expect(there, `${path.relative(root, file)} is out of date: run \`npm run provision\` and commit it`).toBe(text);
});

test('dashboards are generated the same each time', async () => {
  expect([...(await provisionedFiles())]).toEqual([...(await provisionedFiles())]);
});
