import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterAll, expect, test } from 'vitest';
import { openParquet } from './parquet.ts';
import { START, type Position, type SourceRow } from './source.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-parquet-'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

const full = path.join(folder, 'rows.parquet');
const COUNT = 2_500;
parquetWriteFile({
  filename: full,
  rowGroupSize: 1_100,
  columnData: [
    { name: 'id', data: Array.from({ length: COUNT }, (_, n) => BigInt(n)), type: 'INT64' },
    {
      name: 'name',
      data: Array.from({ length: COUNT }, (_, n) => (n % 7 === 0 ? null : `n${String(n)}`)),
      type: 'STRING',
    },
    { name: 'at', data: Array.from({ length: COUNT }, (_, n) => new Date(1_600_000_000_000 + n)), type: 'TIMESTAMP' },
  ],
});

async function rowsFrom(from: Position): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const batch of (await openParquet(full)).read(from)) rows.push(...batch);
  return rows;
}

test('rows come in order over all row groups, with the types of the file', async () => {
  const source = await openParquet(full);
  expect(source.columns).toEqual(['id', 'name', 'at']);
  expect([source.size, source.unit]).toEqual([COUNT, 'rows']);
  const rows = await rowsFrom(START);
  expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: COUNT }, (_, n) => n));
  expect(rows[1]?.content).toEqual({ values: [1n, 'n1', new Date(1_600_000_000_001)] });
  expect(rows[2499]?.content).toEqual({ values: [2499n, null, new Date(1_600_000_002_499)] });
});

test.each([0, 1, 1_099, 1_100, 1_101, 2_199, 2_499])('reading goes on after row %i', async (last) => {
  const rows = await rowsFrom({ row: last + 1, line: last + 2, offset: 0 });
  expect(rows).toHaveLength(COUNT - last - 1);
  expect(rows[0]?.row).toBe(last + 1 < COUNT ? last + 1 : undefined);
});

test('a refused row is kept as JSON', async () => {
  const [first] = await rowsFrom(START);
  expect(first?.raw()).toEqual({ text: '{"id":"0","name":null,"at":"2020-09-13T12:26:40.000Z"}' });
});

test('what is no Parquet is refused as a whole', async () => {
  const other = path.join(folder, 'other.parquet');
  fs.writeFileSync(other, 'not parquet at all');
  await expect(openParquet(other)).rejects.toMatchObject({ code: 'input_invalid' });
});
