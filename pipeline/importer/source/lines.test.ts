import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KEPT_OF_LONG_LINE, MAX_LINE_BYTES, readLines, type Line } from './lines.ts';

async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield Promise.resolve(bytes.subarray(at, at + size)) as never;
}

async function linesOf(bytes: Buffer, size = 7, start = { line: 1, offset: 0 }): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const batch of readLines(chunked(bytes, size), start)) lines.push(...batch);
  return lines;
}

test('lines end with LF, CR LF or the file, and know their number and end', async () => {
  const lines = await linesOf(Buffer.from('one\r\ntwo\n\nlast\r'));
  expect(lines.map(({ number, end, content, eol }) => [number, end, content, eol])).toEqual([
    [1, 5, 'one', '\r\n'],
    [2, 9, 'two', '\n'],
    [3, 10, '', '\n'],
    [4, 15, 'last\r', ''],
  ]);
});

test('a byte order mark at the start of the file is no part of the first line', async () => {
  const lines = await linesOf(Buffer.from('\ufeffa\n\ufeffb'), 2);
  expect(lines.map(({ content }) => content)).toEqual(['a', '\ufeffb']);
});

test('however the file is chunked, the lines are the same', async () => {
  const pieces = fc.constantFrom('a', 'ü', '€', '\r', '\n', '\r\n', ' ', '"').map((text) => Buffer.from(text));
  const piece = fc.oneof({ weight: 9, arbitrary: pieces }, { weight: 1, arbitrary: fc.constant(Buffer.from([0xff])) });
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), async (parts, size) => {
      const bytes = Buffer.concat(parts);
      const lines = await linesOf(bytes, size);
      expect(lines).toEqual(await linesOf(bytes, bytes.length + 1));
      expect(Buffer.concat(lines.flatMap(({ content, eol }) => [Buffer.from(content), Buffer.from(eol)]))).toEqual(
        bytes,
      );
    }),
  );
});

test('reading on from the end of any line gives the lines after it', async () => {
  const bytes = Buffer.from('α\r\nβ\n\nγ\nδ');
  const all = await linesOf(bytes);
  for (const [index, { number, end }] of all.entries())
    expect(await linesOf(bytes.subarray(end), 3, { line: number + 1, offset: end })).toEqual(all.slice(index + 1));
});

test('of a line without end only the beginning is kept', async () => {
  const long = Buffer.alloc(MAX_LINE_BYTES + 10, 'x');
  for (const chunk of [1 << 20, 3 << 20]) {
    const [first, second] = await linesOf(Buffer.concat([long, Buffer.from('\nshort\n')]), chunk);
    expect(first).toMatchObject({ number: 1, end: long.length + 1, cutFrom: long.length });
    expect(first?.content.length).toBe(KEPT_OF_LONG_LINE);
    expect(second).toMatchObject({ number: 2, end: long.length + 7, cutFrom: undefined, content: 'short' });
    const [alone] = await linesOf(long, chunk);
    expect(alone).toMatchObject({ number: 1, end: long.length, cutFrom: long.length, eol: '' });
  }
});
