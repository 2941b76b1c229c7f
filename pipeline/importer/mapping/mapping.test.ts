import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { derivedId, type AnalyticsEvent, type Fault } from '@suuupra/contracts';
import { afterAll, expect, test } from 'vitest';
import type { RowValues } from '../source/source.ts';
import { compileMapping } from './compile.ts';
import { loadMapping, parseMapping } from './load.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-mapping-'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});
fs.writeFileSync(path.join(folder, 'pages.csv'), 'page_id,name,product\n1,Home,\n2,"Crab, large",7\n');
fs.writeFileSync(path.join(folder, 'twice.csv'), 'id\nx\nx\n');

const ID = '3f1c9a52-7d2e-4c1b-9a40-5be6c2a7d001';
const USER = '9b2f6f0e-55d1-4a43-8f0e-0d7d3c1a2b4c';

async function map(yaml: string, columns: readonly string[] | undefined, values: RowValues) {
  const file = path.join(folder, 'mapping.yaml');
  fs.writeFileSync(file, yaml);
  const { mapping, tables } = await loadMapping(file, folder);
  return compileMapping(mapping, columns, tables).toEvent(values, 12, ID);
}

async function event(yaml: string, columns: readonly string[] | undefined, values: RowValues): Promise<AnalyticsEvent> {
  const result = await map(yaml, columns, values);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.event;
}

async function faults(
  yaml: string,
  columns: readonly string[] | undefined,
  values: RowValues,
): Promise<readonly Fault[]> {
  const result = await map(yaml, columns, values);
  return result.ok ? [] : result.faults;
}

/** A mapping of the columns `t` and `v` whose event has one thing more. */
const withField = (lines: string): string =>
  `event:\n  event_type: { constant: seen }\n  user_id: { constant: ${USER} }\n  timestamp: t\n${lines}`;
const COLUMNS = ['t', 'v'];
const at = (value: unknown): RowValues => ['2020-01-01', value];

test('columns, constants, tables, joins, templates, conditions and types make an event', async () => {
  const yaml = `
joins:
  page: { file: pages.csv, key: page_id, on: page }
event:
  event_id: canonical row
  event_type: { column: kind, map: { 1: page_view, 2: add_to_cart } }
  user_id: { column: customer, uuid: user }
  session_id: visit
  content_id: { column: page.name, when: { column: page.product, exists: true } }
  timestamp: { column: at, format: DD.MM.YYYY HH:mm, timezone: Europe/Berlin }
  properties:
    url: { template: "https://shop.example/{page.name}?v={visit}&s={{x}}" }
    amount: price
    paid: { column: paid, type: boolean }
    line: { row: line }
    country: { constant: DE }
`;
  const columns = ['kind', 'customer', 'visit', 'page', 'at', 'price', 'paid'];
  expect(await event(yaml, columns, ['2', '0042', 'v1', '2', '1.7.2026 12:00', '19.90', 'yes'])).toEqual({
    event_id: ID,
    event_type: 'add_to_cart',
    user_id: derivedId('user', '0042'),
    session_id: 'v1',
    content_id: 'Crab, large',
    timestamp: '2026-07-01T10:00:00.000Z',
    received_at: null,
    properties: {
      source_user_id: '0042',
      url: 'https://shop.example/Crab, large?v=v1&s={x}',
      amount: 19.9,
      paid: true,
      line: 12,
      country: 'DE',
    },
  });
  const home = await event(yaml, columns, ['1', '0042', '', '1', '1.7.2026 12:00', '', '0']);
  expect([home.content_id, home.session_id, home.properties]).toEqual([
    null,
    null,
    { source_user_id: '0042', paid: false, line: 12, country: 'DE' },
  ]);
});

test.each([
  ['{ column: v, default: none }', '', 'none'],
  ['{ column: v, map: { a: A }, otherwise: other }', 'x', 'other'],
  ['{ column: v, map: { a: A }, otherwise: null }', 'x', null],
  ['{ column: v, map: { a: null, b: B } }', 'a', null],
  ['{ column: v, when: { column: v, equals: x } }', 'x', 'x'],
  ['{ column: v, when: { column: v, in: [x, 7] } }', '7', '7'],
  ['{ column: v, when: { column: v, in: [x, 7], not: true } }', '7', null],
  ['{ constant: empty, when: { column: v, exists: false } }', '', 'empty'],
  ['{ template: "{v}/{t}" }', '', null],
  ['{ column: v, uuid: content }', 'film 7', derivedId('content', 'film 7')],
])('content_id as %s of %j is %j', async (spec, value, expected) => {
  expect((await event(withField(`  content_id: ${spec}`), COLUMNS, at(value))).content_id).toBe(expected);
});

test.each([
  ['', '007', '007'],
  ['string', 7, '7'],
  ['number', '-1.50', -1.5],
  ['number', ' 9007199254740993 ', undefined],
  ['number', 9007199254740992n, 9007199254740992],
  ['number', '1,5', undefined],
  ['boolean', 'F', false],
  ['boolean', 'maybe', undefined],
  ['', 12n, 12],
  ['', 9007199254740993n, undefined],
  ['', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['', [1], undefined],
])('a property of type %s takes %s', async (type, value, expected) => {
  const spec = type === '' ? 'v' : `{ column: v, type: ${type} }`;
  const result = await map(withField(`  properties: { p: ${spec} }`), COLUMNS, at(value));
  expect(result.ok ? result.event.properties['p'] : result.faults.map(({ path: where }) => where)).toEqual(
    expected ?? ['properties.p'],
  );
});

test('a known property has the type of the contract', async () => {
  const { properties } = await event(withField('  properties: { amount: v, device: v }'), COLUMNS, at('12'));
  expect(properties).toEqual({ amount: 12, device: '12' });
});

test('objects give their parts by path, and all their keys by properties_json', async () => {
  const row = { t: '2020-01-01T00:00:00Z', user: { id: 7, 'a.b': 'dotted' }, props: { x: 1, y: 'two', v: 0 }, v: 3 };
  const yaml = `
event:
  event_type: { constant: seen }
  user_id: { column: user.id, uuid: user }
  session_id: user.a.b
  timestamp: t
  properties: { v: v }
  properties_json: props
`;
  expect(await event(yaml, undefined, row)).toMatchObject({
    user_id: derivedId('user', '7'),
    session_id: 'dotted',
    properties: { source_user_id: '7', x: 1, y: 'two', v: 3 },
  });
  const asText = withField('  properties_json: v');
  expect((await event(asText, COLUMNS, at('{"a": true}'))).properties).toEqual({ a: true });
  expect(await faults(asText, COLUMNS, at('[1]'))).toMatchObject([{ path: 'v', allowed: 'a JSON object' }]);
});

test('every fault of a row is told with field, what was found and what is allowed', async () => {
  const yaml = `
joins:
  page: { file: pages.csv, key: page_id, on: page }
event:
  event_type: { column: kind, map: { 1: page_view } }
  user_id: { column: customer, uuid: user }
  timestamp: { column: at, format: YYYYMMDD }
`;
  expect(await faults(yaml, ['kind', 'customer', 'page', 'at'], ['9', 'u', '5', '2026-07-01'])).toEqual([
    { path: 'page', found: '"5"', allowed: 'a page_id of pages.csv' },
    { path: 'event_type', found: '"9"', allowed: 'one of 1' },
    { path: 'timestamp', found: '"2026-07-01"', allowed: 'a time from 1970 to 2099 in the format YYYYMMDD' },
  ]);
});

test('what the mapping lets through is still held against the contract', async () => {
  const yaml = withField('').replace(`{ constant: ${USER} }`, 'v').replace('constant: seen', 'constant: Seen');
  expect((await faults(yaml, COLUMNS, at('no-uuid'))).map(({ path: where }) => where)).toEqual([
    'event_type',
    'user_id',
  ]);
  expect((await faults(yaml, COLUMNS, at(''))).map(({ path: where }) => where)).toEqual(['event_type', 'user_id']);
});

test.each([
  ['event: {}', ['event.event_type is nothing', 'event.user_id', 'event.timestamp']],
  [withField('  colour: v'), ['event.colour is "v", allowed is one of the keys event_id, event_type,']],
  [
    withField('  content_id: { column: v, constant: x }'),
    ['event.content_id is', 'exactly one of the keys column, constant'],
  ],
  [
    withField('  content_id: { column: v, type: integer }'),
    ['event.content_id.type is "integer", allowed is string, number or boolean'],
  ],
  [
    withField('  content_id: { column: v, when: { column: v } }'),
    ['event.content_id.when', 'exactly one of exists, equals, in'],
  ],
  [withField('  content_id: { column: v, otherwise: x }'), ['otherwise only beside map']],
  [`format: xml\n${withField('')}`, ['format is "xml", allowed is ndjson, csv, parquet, whitespace, fixed']],
  [`joins: { a: { file: x.csv } }\n${withField('')}`, ['joins.a.key is nothing', 'joins.a.on is nothing']],
  ['event: [', ['is not YAML']],
  ['', ['the mapping is null']],
])('the mapping %j is refused with what is wrong (%#)', (yaml, reasons) => {
  for (const reason of reasons)
    expect(() => parseMapping(yaml, 'm.yaml')).toThrowError(
      expect.objectContaining({ code: 'mapping_invalid', message: expect.stringContaining(reason) as string }) as Error,
    );
});

test.each([
  [withField('  content_id: colour'), 'event.content_id.column is "colour", allowed is one of the columns t, v'],
  [withField('  content_id: { template: "{colour}" }'), 'event.content_id.template is "colour"'],
  [withField('  content_id: { template: "{v" }'), 'columns in braces'],
  [withField('  content_id: { column: v, timezone: UTC }'), 'only in timestamp and received_at'],
  [
    withField('  received_at: { column: v, format: YY }'),
    'event.received_at.format is "YY", allowed is iso, unix_seconds',
  ],
  [withField('  received_at: { column: v, timezone: Mars }'), 'event.received_at.timezone is "Mars"'],
  [`joins: { p: { file: pages.csv, key: page_id, on: x } }\n${withField('')}`, 'joins.p.on is "x"'],
  [
    `joins: { p: { file: pages.csv, key: nr, on: v } }\n${withField('')}`,
    'joins.p.key is "nr", allowed is one of the columns page_id',
  ],
  [`joins: { p: { file: none.csv, key: id, on: v } }\n${withField('')}`, 'joins.p.file is "none.csv"'],
  [`joins: { p: { file: twice.csv, key: id, on: v } }\n${withField('')}`, 'joins.p.key is "x" twice in twice.csv'],
])('a mapping that does not fit its files is refused (%#)', async (yaml, reason) => {
  await expect(map(yaml, COLUMNS, at('1'))).rejects.toMatchObject({
    code: 'mapping_invalid',
    message: expect.stringContaining(reason) as string,
  });
});

test('a join that finds nothing may leave its values absent', async () => {
  const yaml = `joins: { p: { file: pages.csv, key: page_id, on: v, missing: absent } }\n${withField('  content_id: p.name')}`;
  expect((await event(yaml, COLUMNS, at('9'))).content_id).toBeNull();
});
