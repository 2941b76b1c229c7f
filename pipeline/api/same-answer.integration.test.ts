import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { WIRE_SETTINGS, type Answer } from '@suuupra/clickhouse';
import { loadConfig } from '@suuupra/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { suuupra } from '../../tests/command.ts';
import { startTestApi, type TestApi } from './testing/api.ts';
import { createDatabase, type TestDatabase } from './testing/database.ts';
import { DEFINITIONS, storeShop } from './testing/shop.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-same-'));
let database: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  database = await createDatabase();
  await storeShop(database.warehouse);
  api = await startTestApi({ clickhouseDatabase: database.name });
});
afterAll(async () => {
  await api.close();
  await database.drop();
  fs.rmSync(folder, { recursive: true });
});

const command = async (...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await suuupra(args, { SUUUPRA_CLICKHOUSE_DATABASE: database.name });
  if (code !== 0) throw new Error(stderr);
  return stdout;
};

/** Runs what `suuupra sql` prints as a person would with nothing but HTTP: parameters in the URL, the query in the body. */
async function byHand(script: string): Promise<unknown> {
  const [head = '', query = ''] = script.split('\n\n', 2);
  const url = new URL(loadConfig().clickhouseUrl);
  for (const [name, value] of Object.entries(WIRE_SETTINGS)) url.searchParams.set(name, String(value));
  for (const [, name = '', literal = ''] of head.matchAll(/^SET (param_\w+) = '((?:[^'\\]|\\.)*)';$/gms))
    url.searchParams.set(name, literal.replace(/\\(.)/gs, '$1'));
  const response = await fetch(url, { method: 'POST', body: `${query.trim().replace(/;$/, '')} FORMAT JSON` });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return (JSON.parse(text) as { data: unknown }).data;
}

test('there is a definition of every analysis that the API describes', async () => {
  const document = (await (await fetch(`${api.url}/openapi.json`)).json()) as {
    components: { schemas: { Definition: { anyOf: { properties: { analysis: { enum: [string] } } }[] } } };
  };
  const names = document.components.schemas.Definition.anyOf.map(({ properties }) => properties.analysis.enum[0]);
  expect(names.length).toBeGreaterThan(10);
  expect(Object.keys(DEFINITIONS)).toEqual(expect.arrayContaining(names));
});

/**
 * Sums of numbers that are no decimals depend, in their last digits, on the order in which threads add them: there two
 * answers are equal as the contract has it. Everything else must be the same text.
 */
function expectSame(name: string, rows: unknown, others: unknown): void {
  if (name !== 'experiment') {
    expect(JSON.stringify(rows)).toBe(JSON.stringify(others));
    return;
  }
  const digits = (text: unknown): string =>
    JSON.stringify(text, (_key, value: unknown) => (typeof value === 'number' ? value.toPrecision(10) : value));
  expect(digits(rows)).toBe(digits(others));
}

test.each(Object.keys(DEFINITIONS))('%s has the same rows by command line, API and printed SQL', async (name) => {
  const file = path.join(folder, `${name}.json`);
  fs.writeFileSync(file, JSON.stringify(DEFINITIONS[name]));
  const response = await api.query(DEFINITIONS[name]);
  expect(response.status).toBe(200);
  const answer = (await response.json()) as Answer;
  expect(answer.rows.length).toBeGreaterThan(0);
  const printed = JSON.parse(await command('query', file, '--format', 'json')) as Answer;
  expectSame(name, printed.rows, answer.rows);
  expect(printed.definition).toEqual(answer.definition);
  expectSame(name, await byHand(await command('sql', file)), answer.rows);
});
