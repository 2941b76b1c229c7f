import fs from 'node:fs';
import { projectPath } from '@suuupra/core';
import { expect, it } from 'vitest';
import { ANALYSIS_SETTINGS } from './wire.ts';

it('analyses run with the same settings from the API and from Grafana', () => {
  const go = fs.readFileSync(projectPath('datasource/pkg/clickhouse/settings.go'), 'utf8');
  const [, table = ''] = /analysisSettings = map\[string\]string\{(.*?)\n\}/s.exec(go) ?? [];
  const found = [...table.matchAll(/"(\w+)":\s*"(\w+)"/g)].map(([, name, value]) => [name, Number(value)]);
  expect(Object.fromEntries(found)).toEqual(ANALYSIS_SETTINGS);
});
