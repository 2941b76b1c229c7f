import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compile } from '../compile.ts';
import { checkCatalogue } from './check-catalogue.ts';
import { resolveNames, type Catalogue } from './resolve-names.ts';

const folder = path.resolve(import.meta.dirname, '../../../definitions');
const files = fs.readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const parsed = files.map(
  (name) => [name, parse(fs.readFileSync(path.join(folder, name), 'utf8')) as Partial<Catalogue>] as const,
);
const all = (kind: keyof Catalogue): Record<string, unknown> =>
  Object.assign({}, ...parsed.map(([, content]) => content[kind] ?? {})) as Record<string, unknown>;
const catalogue: Catalogue = { events: all('events'), metrics: all('metrics'), definitions: all('definitions') };

describe('the files of definitions/', () => {
  test('are valid, each event, metric and definition', () => {
    expect(Object.keys(catalogue.definitions).length).toBeGreaterThan(5);
    expect(checkCatalogue(catalogue)).toEqual([]);
  });

  test('have no fields but the three kinds, and no name twice', () => {
    for (const [, content] of parsed)
      for (const kind of Object.keys(content)) expect(['events', 'metrics', 'definitions']).toContain(kind);
    for (const kind of ['events', 'metrics', 'definitions'] as const) {
      const names = parsed.flatMap(([, content]) => Object.keys(content[kind] ?? {}));
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    }
  });

  test.each(Object.keys(catalogue.definitions))('%s compiles', (name) => {
    expect(compile(resolveNames(name, catalogue)).sql).toContain('SELECT');
  });
});
