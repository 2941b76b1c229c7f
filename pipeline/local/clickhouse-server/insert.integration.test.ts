import http from 'node:http';
import { once } from 'node:events';
import zlib from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, post, startServer, until, type ServerProcess } from './testing/server-process.ts';

let server: ServerProcess;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  await ask(server, 'CREATE OR REPLACE TABLE t (a UInt32, s String) ENGINE = MergeTree ORDER BY a');
});

const url = (parameters: Record<string, string>): string =>
  `${server.url}/?${new URLSearchParams(parameters).toString()}`;
const rows = (): Promise<string> => ask(server, 'SELECT a, s FROM t ORDER BY a, s');

describe('where the data stand', () => {
  it.each([
    ['VALUES in the body', "INSERT INTO t VALUES (1, 'x'), (2, ';')", '1\tx\n2\t;'],
    ['expressions in VALUES', "INSERT INTO t VALUES (1 + 1, concat('x', 'y'))", '2\txy'],
    ['a format in the body', 'INSERT INTO t FORMAT JSONEachRow {"a":1,"s":"x"}\n{"a":2,"s":"y"}', '1\tx\n2\ty'],
    ['a list of columns', 'INSERT INTO t (s, a) FORMAT CSV\nx,1\n', '1\tx'],
    [
      'settings before the data',
      'INSERT INTO t SETTINGS async_insert = 1, wait_for_async_insert = 1 FORMAT TSV\n1\tx\n',
      '1\tx',
    ],
    ['no data at all', 'INSERT INTO t FORMAT CSV\n', ''],
    ['a result of a query', 'INSERT INTO t SELECT 5, toString(5)', '5\t5'],
    [
      'a query over input()',
      "INSERT INTO t SELECT x * 2, upper(y) FROM input('x UInt8, y String') FORMAT CSV\n1,a\n2,b\n",
      '2\tA\n4\tB',
    ],
  ])('%s', async (_, sql, expected) => {
    await ask(server, sql);
    expect(await rows()).toBe(expected);
  });

  it('the statement in the URL and the data in the body', async () => {
    await post(url({ query: 'INSERT INTO t FORMAT CSV' }), '1,x\n2,y\n');
    await post(url({ query: 'INSERT INTO t VALUES' }), "(3, 'z')");
    expect(await rows()).toBe('1\tx\n2\ty\n3\tz');
  });

  it('parameters in VALUES', async () => {
    await ask(server, 'INSERT INTO t VALUES ({a:UInt32}, {s:String})', 'param_a=7&param_s=it%27s');
    expect(await ask(server, 'SELECT a, s FROM t FORMAT TSVRaw')).toBe("7\tit's");
  });

  it('bytes that are no text', async () => {
    const row = Buffer.concat([Buffer.from([7, 0, 0, 0, 4]), Buffer.from([0xff, 0x00, 0x3b, 0x0a])]);
    const body = Buffer.concat([Buffer.from('INSERT INTO t FORMAT RowBinary\n'), row]);
    await post(server.url, new Uint8Array(body));
    expect(await ask(server, 'SELECT a, hex(s) FROM t')).toBe('7\tFF003B0A');
  });

  it('data that look like a second statement stay data', async () => {
    const response = await post(server.url, "INSERT INTO t VALUES (1, 'x'); DROP TABLE t");
    expect(response.status).not.toBe(200);
    await post(server.url, 'INSERT INTO t FORMAT TSV\n1\tx; DROP TABLE t\n');
    expect(await rows()).toBe('1\tx; DROP TABLE t');
  });
});

describe('codecs of the body', () => {
  const csv = Array.from({ length: 1000 }, (_, i) => `${String(i)},row ${String(i)}\n`).join('');
  it.each([
    ['gzip', zlib.gzipSync],
    ['deflate', zlib.deflateSync],
    ['br', zlib.brotliCompressSync],
  ] as const)('%s', async (encoding, compress) => {
    const headers = { 'Content-Encoding': encoding };
    await post(url({ query: 'INSERT INTO t FORMAT CSV' }), new Uint8Array(compress(csv)), { headers });
    await post(server.url, new Uint8Array(compress(`INSERT INTO t FORMAT CSV\n${csv}`)), { headers });
    expect(await ask(server, 'SELECT count(), uniqExact(a) FROM t')).toBe('2000\t1000');
  });

  it('what the engine has compressed, the engine reads again (zstd)', async () => {
    const response = await fetch(server.url, {
      method: 'POST',
      body: 'SELECT number AS a, toString(number) AS s FROM numbers(1000) FORMAT Native',
      headers: { 'Accept-Encoding': 'zstd' },
    });
    const body = new Uint8Array(await response.arrayBuffer());
    await post(url({ query: 'INSERT INTO t FORMAT Native' }), body, { headers: { 'Content-Encoding': 'zstd' } });
    expect(await ask(server, 'SELECT count(), sum(a) FROM t')).toBe('1000\t499500');
  });
});

describe('errors', () => {
  it.each([
    ['INSERT INTO nope VALUES (1)', '60'],
    ["INSERT INTO t VALUES ('x', 'y')", '6'],
    ['INSERT INTO t FORMAT CSV\nx,y\n', '27'],
    ['INSERT INTO t FORMAT Nope\n1', '73'],
    ['INSERT INTO t', '62'],
  ])('%j gives code %s', async (sql, code) => {
    const response = await post(server.url, sql);
    expect(response.headers.get('x-clickhouse-exception-code')).toBe(code);
    expect(response.text).not.toContain('/pipes/');
    expect(await rows()).toBe('');
  });

  it('an early error is answered though the client still sends', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('not,a number\n'.repeat(10));
      for (let i = 0; i < 200; i++) yield Buffer.from('x,y\n'.repeat(20_000));
    }
    const init = { body: ReadableStream.from(endless()), duplex: 'half' } as RequestInit;
    const response = await fetch(url({ query: 'INSERT INTO t FORMAT CSV' }), { method: 'POST', ...init });
    expect(response.headers.get('x-clickhouse-exception-code')).toBe('27');
    expect(await ask(server, 'SELECT 1')).toBe('1');
  });

  it('the next request of the connection is not disturbed by what was left of a body', async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const send = (body: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        http
          .request(server.url, { method: 'POST', agent }, (response) => {
            response.resume().on('end', () => resolve(response.statusCode));
          })
          .on('error', reject)
          .end(body);
      });
    expect(await send(`INSERT INTO t FORMAT CSV\n${'x,y\n'.repeat(500_000)}`)).toBe(400);
    expect(await send('SELECT 1')).toBe(200);
    agent.destroy();
  });
});

describe('summary', () => {
  it('counts what was written', async () => {
    const { headers } = await post(server.url, 'INSERT INTO t FORMAT CSV\n1,x\n2,y\n3,z\n');
    expect(JSON.parse(headers.get('x-clickhouse-summary') ?? '{}')).toMatchObject({ written_rows: '3' });
  });
});

describe('large and broken streams', () => {
  it('inserts what does not fit into memory at once', async () => {
    async function* data(): AsyncGenerator<Uint8Array> {
      const block = Buffer.from(`1,${'x'.repeat(198)}\n`.repeat(5000));
      for (let i = 0; i < 300; i++) yield block;
    }
    await post(server.url, `INSERT INTO t FORMAT CSV\n${'1,x\n'.repeat(100_000)}`); // warm
    const before = server.memory();
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, server.memory())), 20);
    const init = { body: ReadableStream.from(data()), duplex: 'half' } as RequestInit;
    const response = await fetch(url({ query: 'INSERT INTO t FORMAT CSV' }), { method: 'POST', ...init });
    clearInterval(watch);
    expect(response.status).toBe(200);
    expect(await ask(server, 'SELECT count() FROM t')).toBe('1600000');
    // 300 MB were sent; the engine holds blocks of a million rows
    expect(most - before).toBeLessThan(1500);
  });

  it('keeps nothing of data that were cut off', async () => {
    const request = http.request(url({ query: 'INSERT INTO t FORMAT CSV', query_id: 'cut' }), { method: 'POST' });
    request.on('error', () => undefined);
    request.write('1,x\n'.repeat(1000));
    const runs = async (): Promise<boolean> =>
      (await ask(server, "SELECT count() FROM system.processes WHERE query_id = 'cut'")) === '1';
    expect(await until(runs)).toBe(true);
    request.destroy();
    expect(await until(async () => !(await runs()))).toBe(true);
    expect(await rows()).toBe('');
  });

  it('ends an INSERT whose client sends nothing more when it is killed', async () => {
    const request = http.request(url({ query: 'INSERT INTO t FORMAT CSV', query_id: 'stuck' }), { method: 'POST' });
    request.write('1,x\n');
    const answered = once(request, 'response') as Promise<[http.IncomingMessage]>;
    const runs = async (): Promise<boolean> =>
      (await ask(server, "SELECT count() FROM system.processes WHERE query_id = 'stuck'")) === '1';
    expect(await until(runs)).toBe(true);
    await ask(server, "KILL QUERY WHERE query_id = 'stuck'");
    request.write('2,y\n');
    request.end();
    const [response] = await answered;
    expect(response.headers['x-clickhouse-exception-code']).toBe('394');
    expect(await rows()).toBe('');
  });
});

describe('external tables', () => {
  it('come with the query as parts of a form', async () => {
    const form = new FormData();
    form.append('ids', new Blob(['1\n2\n']));
    form.append('names', new Blob(['1,one\n2,two\n']));
    const parameters = {
      query: 'SELECT name FROM names WHERE id IN (SELECT _1 FROM ids) ORDER BY id',
      ids_types: 'UInt8',
      names_structure: 'id UInt8, name String',
      names_format: 'CSV',
    };
    const response = await fetch(url(parameters), { method: 'POST', body: form });
    expect([response.status, await response.text()]).toEqual([200, 'one\ntwo\n']);
    const again = await fetch(url({ ...parameters, readonly: '1' }), { method: 'POST', body: form });
    expect(again.status).toBe(200);
  });

  it('carry statement and parameters that are too long for a URL', async () => {
    const form = new FormData();
    form.append('query', 'SELECT length({s:String})');
    form.append('param_s', 'x'.repeat(100_000));
    expect(await (await fetch(server.url, { method: 'POST', body: form })).text()).toBe('100000\n');
  });

  it('are refused without their structure', async () => {
    const form = new FormData();
    form.append('ids', '1\n');
    const response = await fetch(url({ query: 'SELECT 1' }), { method: 'POST', body: form });
    expect(response.headers.get('x-clickhouse-exception-code')).toBe('36');
  });
});
