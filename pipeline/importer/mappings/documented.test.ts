import fs from 'node:fs';
import { projectPath } from '@suuupra/core';
import { expect, test } from 'vitest';
import { parseMapping } from '../mapping/load.ts';

const page = fs.readFileSync(projectPath('docs', 'import.md'), 'utf8');
const shown = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, yaml = '']) => yaml);

test.each(['clique-bait', 'cdnow'])('docs/import.md shows the mapping %s as it is', (name) => {
  const own = fs.readFileSync(projectPath('pipeline', 'importer', 'mappings', `${name}.yaml`), 'utf8');
  const withoutHead = own.replace(/^(#.*\n)+/, '');
  expect(shown).toContain(withoutHead);
  expect(parseMapping(own, name).event.event_id).toBe('canonical row');
});
