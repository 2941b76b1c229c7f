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

test.each([...(await provisionedFiles())].filter(([file]) => file.endsWith('.json')))(
  '%s names its variables as Grafana finds them: by id',
  (_file, text) => {
    const { templating } = JSON.parse(text) as { templating?: { list?: { id: string; name: string }[] } };
    for (const { id, name } of templating?.list ?? []) expect(id).toBe(name);
  },
);
