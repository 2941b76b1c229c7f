import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { generatedFiles } from './generated-files.ts';

const root = path.resolve(import.meta.dirname, '..');

test.each([...(await generatedFiles())])('%s is what `npm run generate` writes', (file, text) => {
  const there = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  expect(there, `${path.relative(root, file)} is out of date: run \`npm run generate\` and commit it`).toBe(text);
});
