import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readStatement, type ReadStatement } from './body.ts';
import type { QueryRequest } from './request.ts';

const request = (text?: string, contentEncoding?: string): QueryRequest => ({
  ...{ method: 'POST', text, queryId: 'q', database: undefined, format: undefined, settings: [] },
  ...{ parameters: new Map(), session: undefined, waitEndOfQuery: false, encoding: undefined },
  ...{ contentEncoding, protocolVersion: undefined, externals: new Map() },
});

/** A request whose pieces come one after the other; `complete` as Node's, unless it is cut off. */
function message(pieces: (string | Buffer)[], cut = false): IncomingMessage {
  const stream = Object.assign(new PassThrough(), { complete: false });
  void (async () => {
    for (const piece of pieces) {
      stream.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    stream.complete = !cut;
    if (cut) stream.destroy();
    else stream.end();
  })();
  return stream as unknown as IncomingMessage;
}

async function dataOf({ data }: ReadStatement): Promise<string> {
  let text = '';
  for (let chunk = await data.next(); chunk !== undefined; chunk = await data.next()) text += chunk.toString('latin1');
  return text;
}

describe('readStatement', () => {
  it('joins URL and body by a line break', async () => {
    const { statement } = await readStatement(request('SELECT'), message(['1 ', 'AS a']));
    expect(statement).toMatchObject({ kind: 'rows', query: 'SELECT\n1 AS a' });
  });

  it('starts an INSERT before its data have come, wherever the text is cut', async () => {
    const rows = '1,x\n'.repeat(50_000);
    const whole = `INSERT INTO t FORMAT CSV\n${rows}`;
    for (const size of [1, 7, 23, 25, 30]) {
      const read = await readStatement(
        request(),
        message([whole.slice(0, size), whole.slice(size, 70_000), whole.slice(70_000)]),
      );
      expect(read.statement).toMatchObject({ kind: 'insert', format: 'CSV' });
      expect(await dataOf(read)).toBe(rows);
    }
  });

  it.each([['INSERT INTO t FORMAT CSV'], ['INSERT INTO t VALUES'], ['INSERT INTO t VALUES ']])(
    'takes the data of %j from the body',
    async (text) => {
      expect(await dataOf(await readStatement(request(text), message(['(1)', ',(2)'])))).toBe('(1),(2)');
    },
  );

  it('leaves compressed data to the engine where they are the whole body', async () => {
    const body = zlib.gzipSync('1\n');
    const read = await readStatement(request('INSERT INTO t FORMAT CSV', 'gzip'), message([body]));
    expect([read.codec, await dataOf(read)]).toEqual(['gzip', body.toString('latin1')]);
    const mixed = await readStatement(request('INSERT INTO t FORMAT CSV\n0\n', 'gzip'), message([body]));
    expect([mixed.codec, await dataOf(mixed)]).toEqual(['none', '0\n\n1\n']);
  });

  it('refuses a second statement after VALUES', async () => {
    await expect(
      readStatement(request(), message(["INSERT INTO t VALUES (1, ';'); DROP TABLE t"])),
    ).rejects.toMatchObject({
      code: 62,
    });
  });

  it('tells a body that is cut off from one that ends', async () => {
    await expect(readStatement(request(), message(['SELECT 1'], true))).rejects.toMatchObject({ code: 394 });
    const read = await readStatement(request('INSERT INTO t FORMAT CSV'), message(['1\n', '2\n'], true));
    await expect(dataOf(read)).rejects.toMatchObject({ code: 394 });
  });

  it('tells a body that is not what its encoding says', async () => {
    await expect(readStatement(request(undefined, 'gzip'), message(['SELECT 1']))).rejects.toMatchObject({ code: 354 });
    await expect(readStatement(request(undefined, 'rot13'), message(['SELECT 1']))).rejects.toMatchObject({ code: 48 });
  });

  it('reads and forgets what is left when it is released', async () => {
    const stream = message(['INSERT INTO t FORMAT CSV\n', ...Array.from({ length: 50 }, () => '1\n'.repeat(50_000))]);
    const read = await readStatement(request(), stream);
    await read.data.next();
    read.release();
    await new Promise((resolve) => stream.on('end', resolve));
    expect(stream.complete).toBe(true);
  });
});
