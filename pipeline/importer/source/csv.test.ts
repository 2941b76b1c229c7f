import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { openCsv, type CsvForm } from './csv.ts';
import { START, type Position, type SourceRow } from './source.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-csv-'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

function file(content: string | Buffer, name = 'data.csv'): string {
  const full = path.join(folder, name);
  fs.writeFileSync(full, content);
  return full;
}

async function rowsOf(full: string, form?: CsvForm, from: Position = START): Promise<SourceRow[]> {
  const batches: (readonly SourceRow[])[] = [];
  for await (const batch of (await openCsv(full, form)).read(from)) batches.push(batch);
  return batches.flat();
}

const brief = ({ line, content }: SourceRow): unknown =>
  'values' in content ? [line, content.values] : [line, content.fault.found];

test('quoted fields hold delimiters, quotes and ends of line, exactly', async () => {
  const full = file('id,text\r\n1,"a,b"\r\n2,"he said ""no"""\r\n3,"two\r\nlines\n"\r\n4,\r\n');
  expect((await rowsOf(full)).map(brief)).toEqual([
    [2, ['1', 'a,b']],
    [3, ['2', 'he said "no"']],
    [4, ['3', 'two\r\nlines\n']],
    [7, ['4', '']],
  ]);
});

test('a broken quote costs its line and no other', async () => {
  const full = file('a,b\n1,"open\n2,x\n3,5" pipe\n4,"y" z\n5,"ok"\n');
  expect((await rowsOf(full)).map(brief)).toEqual([
    [2, expect.stringContaining('broken quotes')],
    [3, ['2', 'x']],
    [4, 'a quote that is not closed'],
    [5, expect.stringContaining('broken quotes')],
    [6, ['5', 'ok']],
  ]);
});

test('a quote that is never closed does not swallow the rest of a large file', async () => {
  const rest = Array.from({ length: 200_000 }, (_, n) => `${String(n)},value`);
  const rows = await rowsOf(file(['a,b', '0,"open', ...rest].join('\n')));
  expect(rows).toHaveLength(rest.length + 1);
  expect(rows.map(brief)[0]).toEqual([2, 'a quote that is not closed']);
  expect(rows.map(brief).at(-1)).toEqual([rest.length + 2, ['199999', 'value']]);
});

test('rows of another length and bytes that are no UTF-8 are faults with their raw text', async () => {
  const full = file(Buffer.concat([Buffer.from('a,b\n1\n1,2,3\n'), Buffer.from([0x31, 0x2c, 0xff, 0x0a])]));
  const rows = await rowsOf(full);
  expect(rows.map(brief)).toEqual([
    [2, '1 fields'],
    [3, '3 fields'],
    [4, 'bytes that are not UTF-8'],
  ]);
  expect(rows.map(({ raw }) => raw())).toEqual([
    { text: '1' },
    { text: '1,2,3' },
    { bytes: Buffer.from([0x31, 0x2c, 0xff]) },
  ]);
});

test('another delimiter and quote, and names for a file without header', async () => {
  const full = file("1;'a;b'\n2;c\n");
  expect((await rowsOf(full, { delimiter: ';', quote: "'", columns: ['n', 't'] })).map(brief)).toEqual([
    [1, ['1', 'a;b']],
    [2, ['2', 'c']],
  ]);
});

test('gzip is read as what it contains', async () => {
  const full = file(gzipSync('a,b\n1,2\n'), 'data.csv.gz');
  expect((await rowsOf(full)).map(brief)).toEqual([[2, ['1', '2']]]);
});

test('gzip that ends too early gives its rows and then fails', async () => {
  const bytes = gzipSync(`a,b\n${'1,2\n'.repeat(100_000)}`);
  const full = file(bytes.subarray(0, -40), 'torn.csv.gz');
  await expect(rowsOf(full)).rejects.toMatchObject({
    code: 'input_invalid',
    message: expect.stringContaining('gzip') as string,
  });
});

test.each([
  ['', 'is empty'],
  ['a,a\n1,2\n', 'two columns named "a"'],
  ['"a,b\n1,2\n', 'no readable header line'],
])('a file that begins with %j is refused as a whole', async (content, reason) => {
  await expect(openCsv(file(content))).rejects.toMatchObject({
    code: 'input_invalid',
    message: expect.stringContaining(reason) as string,
  });
});

test('reading on from the end of any row gives the rows after it, plain and compressed', async () => {
  const field = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('', '"', ',', '\n', '\r\n', 'ü', 'a"b'));
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      async (table, gz) => {
        const text = `a,b\n${table.map((row) => row.map(quoted).join(',')).join('\n')}\n`;
        const full = file(gz ? gzipSync(text) : text);
        const all = await rowsOf(full);
        expect(all.map(({ content }) => ('values' in content ? content.values : content))).toEqual(table);
        for (const [index, { end }] of all.entries())
          expect((await rowsOf(full, undefined, end)).map(brief)).toEqual(all.slice(index + 1).map(brief));
      },
    ),
    { numRuns: 60 },
  );
});
