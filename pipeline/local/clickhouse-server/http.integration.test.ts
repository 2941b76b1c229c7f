import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, post, startServer, type ServerProcess } from './testing/server-process.ts';

let server: ServerProcess;

beforeAll(async () => {
  server = await startServer();
  await ask(server, 'CREATE TABLE t (a UInt32, s String) ENGINE = MergeTree ORDER BY a');
  await ask(server, "INSERT INTO t VALUES (1, 'one'), (2, 'two')");
});
afterAll(() => server.stop());

const at = (parameters: string): string => `${server.url}/?${parameters}`;
const get = async (parameters: string, init: RequestInit = {}) => {
  const response = await fetch(at(parameters), init);
  return { status: response.status, text: await response.text(), headers: response.headers };
};
const query = (sql: string): string => `query=${encodeURIComponent(sql)}`;

describe('paths and methods', () => {
  it.each(['/ping', '/replicas_status', '/'])('answers %s as a living server does', async (path) => {
    const response = await fetch(server.url + path);
    expect([response.status, await response.text()]).toEqual([200, 'Ok.\n']);
  });

  it('knows no other path and no other method', async () => {
    expect((await fetch(`${server.url}/nothing`)).status).toBe(404);
    expect((await fetch(server.url, { method: 'DELETE' })).status).toBe(405);
  });
});

describe('results', () => {
  it('takes the statement from the URL, from the body, and from both', async () => {
    expect((await get(query('SELECT 1'))).text).toBe('1\n');
    expect((await post(server.url, 'SELECT 2')).text).toBe('2\n');
    expect((await post(at(query('SELECT')), '3')).text).toBe('3\n');
  });

  it('says which format it is, in the words of ClickHouse', async () => {
    const { headers } = await post(at('default_format=JSONEachRow'), 'SELECT 1');
    expect(headers.get('x-clickhouse-format')).toBe('JSONEachRow');
    expect(headers.get('content-type')).toBe('application/x-ndjson; charset=UTF-8');
    expect((await post(server.url, 'SELECT 1 FORMAT csv')).headers.get('x-clickhouse-format')).toBe('CSV');
  });

  it('tells query id, server and time zone', async () => {
    const { headers } = await post(at('query_id=my-query'), 'SELECT 1');
    expect(headers.get('x-clickhouse-query-id')).toBe('my-query');
    expect(headers.get('x-clickhouse-timezone')).toBe(await ask(server, 'SELECT timezone()'));
    expect(headers.get('x-clickhouse-server-display-name')).toBe(await ask(server, 'SELECT displayName()'));
  });

  it('sums up what was read and what came out of it', async () => {
    const { headers } = await post(server.url, 'SELECT number FROM numbers(1000) LIMIT 10 FORMAT JSON');
    const summary = JSON.parse(headers.get('x-clickhouse-summary') ?? '{}') as Record<string, string>;
    expect(summary).toMatchObject({ result_rows: '10', written_rows: '0' });
    expect(Number(summary['read_rows'])).toBeGreaterThanOrEqual(10);
    expect(Number(summary['elapsed_ns'])).toBeGreaterThan(0);
  });

  it('gives the same summary for a compressed result and for one that waited for its end', async () => {
    const sql = 'SELECT sum(number) FROM numbers(1000) FORMAT JSONCompact';
    for (const [parameters, headers] of [
      ['', { 'Accept-Encoding': 'gzip' }],
      ['wait_end_of_query=1', {}],
    ] as const) {
      const response = await post(at(parameters), sql, { headers });
      expect(response.headers.get('x-clickhouse-summary')).toMatch(/"read_rows":"1000".*"result_rows":"1"/);
    }
  });

  it('gives the summary of a streamed result in the trailer', async () => {
    const http = await import('node:http');
    const trailers = await new Promise<NodeJS.Dict<string>>((resolve, reject) => {
      const request = http.request(server.url, { method: 'POST' }, (response) => {
        response.resume().on('end', () => resolve(response.trailers));
      });
      request.on('error', reject).end('SELECT number FROM numbers(500000) FORMAT JSONCompact');
    });
    expect(trailers['x-clickhouse-summary']).toMatch(/"read_rows":"500000".*"result_rows":"500000"/);
  });

  it.each(['gzip', 'br'] as const)('compresses with %s where the client accepts it', async (encoding) => {
    const response = await post(server.url, 'SELECT number FROM numbers(100000) FORMAT TSV', {
      headers: { 'Accept-Encoding': encoding },
    });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.text.length).toBe(588_890);
  });

  it('compresses with zstd, which its tail of an error is too', async () => {
    const response = await fetch(server.url, {
      method: 'POST',
      body: 'SELECT number FROM numbers(100000)',
      headers: { 'Accept-Encoding': 'zstd' },
    });
    expect(response.headers.get('content-encoding')).toBe('zstd');
    const magic = new Uint8Array(await response.arrayBuffer()).subarray(0, 4);
    expect(Buffer.from(magic).toString('hex')).toBe('28b52ffd');
  });

  it('waits for the end where it is asked to, so that a late error has its status', async () => {
    const sql = 'SELECT throwIf(number = 900000) FROM numbers(1000000) SETTINGS max_block_size = 10000';
    const { status, headers } = await post(at('wait_end_of_query=1'), sql);
    expect([status, headers.get('x-clickhouse-exception-code')]).toEqual([500, '395']);
    const whole = await post(at('wait_end_of_query=1'), 'SELECT number FROM numbers(300000)', {
      headers: { 'Accept-Encoding': 'identity' },
    });
    expect(whole.headers.get('content-length')).toBe(String(whole.text.length));
    expect((await post(at('wait_end_of_query=1'), 'SELECT 1 WHERE 0')).text).toBe('');
  });

  it('ends a result that fails in the middle with an exception block and no last chunk', async () => {
    const sql = 'SELECT number, throwIf(number = 900000) FROM numbers(1000000) SETTINGS max_block_size = 10000';
    const response = await fetch(server.url, { method: 'POST', body: sql });
    expect(response.status).toBe(200);
    const tag = response.headers.get('x-clickhouse-exception-tag') ?? '';
    let text = '';
    const read = async (): Promise<void> => {
      for await (const chunk of response.body as AsyncIterable<Uint8Array>) text += Buffer.from(chunk).toString();
    };
    await expect(read()).rejects.toThrow();
    const block = text.slice(text.indexOf('\r\n__exception__'));
    const message = new RegExp(
      `^\\r\\n__exception__\\r\\n${tag}\\r\\n([^]*\\n)(\\d+) ${tag}\\r\\n__exception__\\r\\n$`,
    ).exec(block);
    expect(message?.[1]).toMatch(/^Code: 395\. DB::Exception: .*\(FUNCTION_THROW_IF_VALUE_IS_NON_ZERO\)/);
    expect(Number(message?.[2])).toBe(Buffer.byteLength(message?.[1] ?? ''));
  });
});

describe('settings, parameters and database', () => {
  it('applies settings of the URL to this request only', async () => {
    const sql = "SELECT getSetting('max_block_size')";
    expect(await ask(server, sql, 'max_block_size=123')).toBe('123');
    expect(await ask(server, sql)).not.toBe('123');
  });

  it('binds parameters on the server, whatever is in them', async () => {
    const value = 'it\'s \\ "x"; DROP TABLE t -- `';
    const { text } = await get(
      `${query('SELECT {v:String} AS v FORMAT JSONEachRow')}&param_v=${encodeURIComponent(value.replaceAll('\\', '\\\\'))}`,
    );
    expect(JSON.parse(text)).toEqual({ v: value });
    expect(
      await ask(
        server,
        'SELECT s FROM {t:Identifier} WHERE {c:Identifier} = {n:UInt32}',
        'param_t=t&param_c=a&param_n=2',
      ),
    ).toBe('two');
    expect((await post(server.url, 'SELECT {missing:String}')).text).toMatch(/^Code: 456\./);
  });

  it('works in the database that is named', async () => {
    await ask(server, 'CREATE DATABASE IF NOT EXISTS other');
    expect(await ask(server, 'SELECT currentDatabase()', 'database=other')).toBe('other');
    const header = await post(server.url, 'SELECT currentDatabase()', {
      headers: { 'X-ClickHouse-Database': 'other' },
    });
    expect(header.text).toBe('other\n');
    const missing = await post(at('database=nope'), 'SELECT 1');
    expect([missing.status, missing.headers.get('x-clickhouse-exception-code')]).toEqual([404, '81']);
  });

  it.each([
    ['SELECT nope', 404, '47'],
    ['SELECT * FROM nope', 404, '60'],
    ['SELEC 1', 400, '62'],
    ['SELECT 1 FORMAT Nope', 404, '73'],
    ["SELECT toInt8('x')", 400, '6'],
    ['exit', 400, '62'],
  ])('answers %j with status %i and code %s', async (sql, status, code) => {
    const response = await post(server.url, sql);
    expect([response.status, response.headers.get('x-clickhouse-exception-code')]).toEqual([status, code]);
    expect(response.text).toMatch(
      new RegExp(
        `^Code: ${code}\\. DB::Exception: .*\\([A-Z_]+\\) \\(version [0-9.]+ \\(official build\\)\\)\\n$`,
        's',
      ),
    );
  });

  it('refuses a setting that does not exist', async () => {
    const response = await post(at('no_such_setting=1'), 'SELECT 1');
    expect([response.status, response.headers.get('x-clickhouse-exception-code')]).toEqual([404, '115']);
  });

  it.each([
    ['max_execution_time=1', 'SELECT max(sipHash64(number)) FROM numbers(100000000000)', 408, '159'],
    ['max_result_rows=5', 'SELECT number FROM numbers(10)', 500, '396'],
    ['max_memory_usage=50000000', 'SELECT groupArray(number) FROM numbers(100000000)', 500, '241'],
  ])('holds the limit %s', async (parameters, sql, status, code) => {
    const response = await post(at(parameters), sql);
    expect([response.status, response.headers.get('x-clickhouse-exception-code')]).toEqual([status, code]);
    expect(await ask(server, 'SELECT 1')).toBe('1');
  });

  it('runs one statement per request', async () => {
    for (const sql of ['SELECT 1; SELECT 2', 'SELECT 1;DROP TABLE t', 'SET max_threads=1; SELECT 1'])
      expect((await post(server.url, sql)).text).toMatch(/^Code: 62\..*Multi-statements are not allowed/);
    expect(await ask(server, 'SELECT 1; -- the end')).toBe('1');
    expect(await ask(server, 'SELECT count() FROM t')).toBe('2');
  });
});

describe('reading only', () => {
  it('changes nothing by GET', async () => {
    for (const sql of ['DROP TABLE t', 'INSERT INTO t SELECT 9, 9', 'TRUNCATE TABLE t']) {
      const response = await get(query(sql));
      expect([response.status, response.headers.get('x-clickhouse-exception-code')]).toEqual([500, '164']);
    }
    expect(await ask(server, 'SELECT count() FROM t')).toBe('2');
  });

  it('still takes settings by GET', async () => {
    expect((await get(`${query("SELECT getSetting('max_threads')")}&max_threads=3`)).text).toBe('3\n');
    expect((await get(query('SELECT 1 SETTINGS readonly = 0'))).text).toMatch(/^Code: 164/);
  });

  it('holds readonly=1 and readonly=2 of the URL', async () => {
    expect((await post(at('readonly=1'), 'DROP TABLE t')).text).toMatch(/^Code: 164/);
    expect((await post(at('readonly=1'), 'SELECT 1 SETTINGS max_threads = 1')).text).toMatch(/^Code: 164/);
    expect((await post(at('readonly=2'), 'SELECT 1 SETTINGS max_threads = 1')).text).toBe('1\n');
    expect((await post(at('readonly=1&max_threads=1'), 'SELECT 1')).text).toBe('1\n');
  });
});

describe('sessions', () => {
  it('keep temporary tables, SET and USE, but not the settings of one URL', async () => {
    await ask(server, 'CREATE TEMPORARY TABLE tmp (a UInt8)', 'session_id=s1');
    await ask(server, 'INSERT INTO tmp VALUES (7)', 'session_id=s1');
    expect(await ask(server, 'SELECT a FROM tmp', 'session_id=s1')).toBe('7');
    expect((await post(server.url, 'SELECT a FROM tmp')).status).toBe(404);
    await ask(server, 'SET max_block_size = 77', 'session_id=s1');
    const setting = "SELECT getSetting('max_block_size'), currentDatabase()";
    expect(await ask(server, setting, 'session_id=s1&max_block_size=88&database=system')).toBe('88\tsystem');
    expect(await ask(server, setting, 'session_id=s1')).toBe('77\tdefault');
  });

  it('run one query at a time', async () => {
    const slow = post(at('session_id=s2'), 'SELECT sleep(1)');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await post(at('session_id=s2'), 'SELECT 1')).headers.get('x-clickhouse-exception-code')).toBe('373');
    expect((await slow).status).toBe(200);
  });

  it('end when they are told to, or after their time', async () => {
    await ask(server, 'SELECT 1', 'session_id=s3&close_session=1');
    expect((await post(at('session_id=s3&session_check=1'), 'SELECT 1')).text).toMatch(/^Code: 372/);
    await ask(server, 'SELECT 1', 'session_id=s4&session_timeout=1');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await post(at('session_id=s4&session_check=1'), 'SELECT 1')).text).toMatch(/^Code: 372/);
  });

  it('are not spoilt by a request that may only read', async () => {
    expect((await get(`${query('DROP TABLE t')}&session_id=s5`)).text).toMatch(/^Code: 164/);
    expect((await post(at('session_id=s5&readonly=1'), 'SET max_threads = 1')).text).toMatch(/^Code: 164/);
    await ask(server, 'SET max_threads = 1', 'session_id=s5');
  });
});

describe('what reaches out of the server', () => {
  it.each([
    ["SELECT * FROM file('/etc/passwd', LineAsString)", 497],
    ["SELECT file('/etc/passwd')", 497],
    ["SELECT * APPLY(file) FROM (SELECT '/etc/passwd')", 497],
    ['SELECT * FROM `/etc/passwd`', 497],
    ["SELECT * FROM '/etc/passwd'", 497],
    ["SELECT * FROM url('http://127.0.0.1:1/', LineAsString)", 497],
    ["SELECT * FROM s3('http://127.0.0.1:1/bucket/x', LineAsString)", 497],
    ["SELECT * FROM remote('127.0.0.1:1', system.one)", 497],
    ["SELECT * FROM mysql('127.0.0.1:1', 'a', 'b', 'c', 'd')", 497],
    ["SELECT * FROM postgresql('127.0.0.1:1', 'a', 'b', 'c', 'd')", 497],
    ["SELECT * FROM sqlite('/tmp/x', 't')", 497],
    ["INSERT INTO FUNCTION file('/tmp/x.tsv') SELECT 1", 497],
    ["SELECT 1 INTO OUTFILE '/tmp/x'", 48],
    ["INSERT INTO t FROM INFILE '/etc/passwd' FORMAT TSV", 48],
    ['CREATE TABLE f (a String) ENGINE = File(TSV)', 497],
    ["CREATE TABLE f (a String) ENGINE = URL('http://127.0.0.1:1/', TSV)", 497],
    ["CREATE DATABASE f ENGINE = Filesystem('/etc')", 497],
    [
      "CREATE TABLE f (a UInt8) ENGINE = MergeTree ORDER BY a SETTINGS disk = disk(type = web, endpoint = 'http://127.0.0.1:1/')",
      497,
    ],
    [
      "CREATE DICTIONARY f (a UInt64) PRIMARY KEY a SOURCE(HTTP(url 'http://127.0.0.1:1/' format 'TSV')) LAYOUT(FLAT()) LIFETIME(0)",
      497,
    ],
    ["BACKUP TABLE t TO File('/tmp/x')", 497],
    ['SYSTEM SHUTDOWN', 497],
    ['SYSTEM KILL', 497],
    ['CREATE USER u', 497],
    ['GRANT SELECT ON *.* TO default', 497],
    ['SET ROLE admin', 497],
  ])('is refused: %s', async (sql, code) => {
    expect((await post(server.url, sql)).headers.get('x-clickhouse-exception-code')).toBe(String(code));
  });

  it('is refused in the structure of an external table too', async () => {
    const form = new FormData();
    form.append('x', '1\n');
    const structure = encodeURIComponent('a UInt8) ENGINE = Memory; DROP TABLE t; SELECT (1');
    const response = await fetch(at(`${query('SELECT 1')}&x_structure=${structure}`), { method: 'POST', body: form });
    expect(response.status).toBe(400);
    expect(await ask(server, 'SELECT count() FROM t')).toBe('2');
  });
});

describe('requests that are not well-formed', () => {
  it('answers a body that is not what its encoding says', async () => {
    const response = await post(server.url, 'SELECT 1', { headers: { 'Content-Encoding': 'gzip' } });
    expect(response.headers.get('x-clickhouse-exception-code')).toBe('354');
    const unknown = await post(server.url, 'SELECT 1', { headers: { 'Content-Encoding': 'rot13' } });
    expect(unknown.headers.get('x-clickhouse-exception-code')).toBe('48');
  });

  it('reads a compressed statement', async () => {
    const body = new Uint8Array(zlib.gzipSync('SELECT 1'));
    expect((await post(server.url, body, { headers: { 'Content-Encoding': 'gzip' } })).text).toBe('1\n');
  });

  it('takes a query id with any characters in it', async () => {
    const id = encodeURIComponent("*/ ' \n ü");
    expect((await post(at(`query_id=${id}`), 'SELECT 1')).text).toBe('1\n');
  });
});

describe('authentication', () => {
  let secured: ServerProcess;
  beforeAll(async () => {
    secured = await startServer({ env: { SUUUPRA_CLICKHOUSE_USER: 'u', SUUUPRA_CLICKHOUSE_PASSWORD: 'pä:ss' } });
  });
  afterAll(() => secured.stop());

  it.each([
    ['basic', {}, { Authorization: `Basic ${Buffer.from('u:pä:ss').toString('base64')}` }],
    ['headers', {}, { 'X-ClickHouse-User': 'u', 'X-ClickHouse-Key': Buffer.from('pä:ss').toString('latin1') }],
    ['the URL', { user: 'u', password: 'pä:ss' }, {}],
  ])('takes name and password from %s', async (_, parameters, headers) => {
    const url = `${secured.url}/?${new URLSearchParams(parameters).toString()}`;
    const response = await post(url, 'SELECT 1', { headers });
    expect([response.status, response.text]).toEqual([200, '1\n']);
  });

  it.each([
    ['nothing', {}],
    ['a wrong password', { Authorization: `Basic ${Buffer.from('u:x').toString('base64')}` }],
    ['another user', { 'X-ClickHouse-User': 'v', 'X-ClickHouse-Key': 'pass' }],
  ])('refuses %s', async (_, headers) => {
    const response = await post(secured.url, 'SELECT 1', { headers });
    expect([response.status, response.headers.get('x-clickhouse-exception-code')]).toEqual([403, '516']);
  });

  it('answers a ping without a password', async () => {
    expect((await fetch(`${secured.url}/ping`)).status).toBe(200);
  });
});
