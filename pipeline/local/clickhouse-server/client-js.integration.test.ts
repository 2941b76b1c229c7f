import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import {
  ClickHouseLogLevel,
  createClient,
  TupleParam,
  type ClickHouseClient,
  type ClickHouseClientConfigOptions,
  type DataFormat,
} from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, until, type ServerProcess } from './testing/server-process.ts';

let server: ServerProcess;
const clients: ClickHouseClient[] = [];
const connect = (options: ClickHouseClientConfigOptions = {}): ClickHouseClient => {
  const client = createClient({
    url: server.url,
    log: { level: ClickHouseLogLevel.OFF },
    max_open_connections: 30,
    ...options,
  });
  clients.push(client);
  return client;
};
let client: ClickHouseClient;
const rows = async <T>(query: string, options: Record<string, unknown> = {}): Promise<T[]> =>
  (await client.query({ query, format: 'JSONEachRow', ...options })).json<T>();

beforeAll(async () => {
  server = await startServer();
  client = connect();
  await client.command({
    query:
      "CREATE TABLE t (a UInt32, s String, j JSON, d Nullable(DateTime64(3, 'UTC'))) ENGINE = MergeTree ORDER BY a",
  });
});
afterAll(async () => {
  await Promise.all(clients.map((each) => each.close()));
  await server.stop();
});

describe('@clickhouse/client', () => {
  it('pings', async () => {
    expect(await client.ping()).toEqual({ success: true });
    expect(await client.ping({ select: true })).toEqual({ success: true });
  });

  it('reads values of all kinds', async () => {
    const [row] = await rows(`SELECT
      '{"a":{"b":[1,2]}}'::JSON AS j, '1.50'::Decimal(38, 2)::String AS d, toDateTime64('2024-01-02 03:04:05.678', 3, 'UTC') AS t,
      NULL::Nullable(Int8) AS n, 'lc'::LowCardinality(String) AS l, [1, 2] AS a, (1, 'x') AS tu, map('k', 1) AS m,
      18446744073709551615::UInt64::String AS u, true AS b, toIPv4('1.2.3.4') AS ip, 'e'::Enum8('e' = 1) AS en, nan AS f`);
    expect(row).toEqual({
      ...{ j: { a: { b: [1, 2] } }, d: '1.5', t: '2024-01-02 03:04:05.678', n: null, l: 'lc', a: [1, 2], tu: [1, 'x'] },
      ...{ m: { k: 1 }, u: '18446744073709551615', b: true, ip: '1.2.3.4', en: 'e', f: null },
    });
  });

  it.each([
    'JSON',
    'JSONStrings',
    'JSONCompact',
    'JSONCompactStrings',
    'JSONColumnsWithMetadata',
    'JSONObjectEachRow',
    'JSONEachRow',
    'JSONStringsEachRow',
    'JSONCompactEachRow',
    'JSONCompactEachRowWithNamesAndTypes',
  ] as DataFormat[])('reads the format %s', async (format) => {
    const result = await client.query({ query: 'SELECT number AS n FROM numbers(3)', format });
    const json = JSON.stringify(await result.json());
    expect(json).toMatch(/2/);
  });

  it.each([
    'CSV',
    'CSVWithNames',
    'CSVWithNamesAndTypes',
    'TabSeparated',
    'TabSeparatedRaw',
    'TabSeparatedWithNames',
    'CustomSeparated',
    'Parquet',
  ] as DataFormat[])('reads the format %s as text and as a stream', async (format) => {
    const query = { query: 'SELECT number AS n FROM numbers(1000)', format };
    expect((await (await client.query(query)).text()).length).toBeGreaterThan(1000);
    if (format !== 'Parquet') {
      let seen = 0;
      for await (const chunk of (await client.query(query)).stream()) seen += chunk.length;
      expect(seen).toBeGreaterThanOrEqual(1000);
    }
  });

  it('binds parameters of all types', async () => {
    const [row] = await rows(
      `SELECT {i:Int32} AS i, {s:String} AS s, {a:Array(String)} AS a, {d:DateTime64(3)} AS d, {n:Nullable(String)} AS n,
        {m:Map(String, UInt8)} AS m, {t:Tuple(Int8, String)} AS t, {b:Bool} AS b, {big:UInt64} AS big, {f:Float64} AS f,
        {id:Identifier}.number AS x FROM numbers(1) AS {id:Identifier}`,
      {
        query_params: {
          ...{ i: -5, s: 'it\'s\t\\n \n"ü', a: ["a'b", 'c\td'], d: new Date(1700000000123), n: null, m: { k: 1 } },
          ...{ t: new TupleParam([1, 'z']), b: true, big: 9007199254740993n, f: 0.1, id: 'zz' },
        },
        clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
      },
    );
    expect(row).toMatchObject({
      ...{ i: -5, s: 'it\'s\t\\n \n"ü', a: ["a'b", 'c\td'], n: null, m: { k: 1 }, t: [1, 'z'], b: true },
      ...{ d: '2023-11-14 22:13:20.123', big: '9007199254740993', f: 0.1, x: '0' },
    });
  });

  it('sends parameters that are too long for a URL as a form', async () => {
    const result = await connect({ use_multipart_params: true }).query({
      query: 'SELECT length({s:String}) AS n',
      query_params: { s: 'x'.repeat(100_000) },
      format: 'JSONEachRow',
    });
    expect(await result.json()).toEqual([{ n: 100_000 }]);
  });

  it('keeps settings of a query apart from the next', async () => {
    const query = "SELECT getSetting('max_threads') AS v";
    const settings = { clickhouse_settings: { max_threads: 1 } };
    expect(await rows(query, settings)).toEqual([{ v: 1 }]);
    expect(await rows(query)).not.toEqual([{ v: 1 }]);
    expect(await rows(query, { clickhouse_settings: { max_threads: 3, readonly: '1' } })).toEqual([{ v: 3 }]);
  });

  it('inserts rows, streams of rows, text, and reports what was written', async () => {
    await client.command({ query: 'TRUNCATE TABLE t' });
    const one = await client.insert({
      table: 't',
      values: [{ a: 1, s: 'ü', j: { k: 1 }, d: null }],
      format: 'JSONEachRow',
    });
    expect(one.summary).toMatchObject({ written_rows: '1' });
    const objects = Readable.from(
      (function* () {
        for (let i = 0; i < 5000; i++) yield { a: i, s: 'o' };
      })(),
    );
    await client.insert({ table: 't', values: objects, format: 'JSONEachRow' });
    const lines = Readable.from(
      (function* () {
        for (let i = 0; i < 1000; i++) yield `${String(i)},"r"\n`;
      })(),
      { objectMode: false },
    );
    await client.insert({ table: 't', columns: ['a', 's'], values: lines, format: 'CSV' });
    await client.insert({
      table: 't',
      columns: { except: ['j', 'd'] },
      values: [[7, 'c']],
      format: 'JSONCompactEachRow',
    });
    const waited = { async_insert: 1, wait_for_async_insert: 1 } as const;
    await client.insert({ table: 't', values: [{ a: 6 }], format: 'JSONEachRow', clickhouse_settings: waited });
    expect(await client.insert({ table: 't', values: [], format: 'JSONEachRow' })).toMatchObject({ executed: false });
    expect(await rows('SELECT count() AS n FROM t')).toEqual([{ n: 6003 }]);
  });

  it('runs INSERT … VALUES with parameters as a command', async () => {
    await client.command({ query: 'TRUNCATE TABLE t' });
    const answer = await client.command({
      query: 'INSERT INTO t (a, s) VALUES ({a:UInt32}, {s:String}), (2, upper({s:String}))',
      query_params: { a: 1, s: "x'; DROP TABLE t" },
      query_id: 'insert-values',
    });
    expect(answer).toMatchObject({ query_id: 'insert-values', summary: { written_rows: '2' } });
    expect(await rows('SELECT a, s FROM t ORDER BY a')).toEqual([
      { a: 1, s: "x'; DROP TABLE t" },
      { a: 2, s: "X'; DROP TABLE T" },
    ]);
  });

  it.each(['gzip', 'br'] as const)('compresses requests and responses (%s)', async (codec) => {
    await client.command({ query: 'TRUNCATE TABLE t' });
    const compressed = connect({ compression: { request: { codec }, response: true } });
    await compressed.insert({
      table: 't',
      values: Array.from({ length: 1000 }, (_, a) => ({ a, s: 'z' })),
      format: 'JSONEachRow',
    });
    const result = await compressed.query({ query: 'SELECT a FROM t', format: 'JSONEachRow' });
    expect(await result.json()).toHaveLength(1000);
  });

  it('streams what exec gives', async () => {
    const { stream } = await client.exec({ query: "SELECT repeat('x', 1000) FROM numbers(1000) FORMAT TSVRaw" });
    expect((await text(stream)).length).toBe(1_001_000);
    const values = Readable.from(['8,"exec"\n'], { objectMode: false });
    await (await client.exec({ query: 'INSERT INTO t (a, s) FORMAT CSV', values })).stream.resume();
    expect(await until(async () => (await rows("SELECT 1 FROM t WHERE s = 'exec'")).length === 1)).toBe(true);
  });

  it('keeps a session', async () => {
    const session = connect({ session_id: 'client-js', max_open_connections: 1 });
    await session.command({ query: 'CREATE TEMPORARY TABLE tmp (a UInt8)' });
    await session.insert({ table: 'tmp', values: [{ a: 1 }], format: 'JSONEachRow' });
    expect(await (await session.query({ query: 'SELECT a FROM tmp', format: 'JSONEachRow' })).json()).toEqual([
      { a: 1 },
    ]);
  });

  it('tells errors by code and type', async () => {
    await expect(rows('SELECT * FROM nope')).rejects.toMatchObject({ code: '60', type: 'UNKNOWN_TABLE' });
    await expect(client.command({ query: 'CREATE USER u' })).rejects.toMatchObject({
      code: '497',
      type: 'ACCESS_DENIED',
    });
    const bad = client.insert({ table: 't', values: [{ a: 'x' }], format: 'JSONEachRow' });
    await expect(bad).rejects.toMatchObject({ code: expect.stringMatching(/^(6|27|117)$/) as string });
  });

  it.each([false, true])('tells an error in the middle of a result (compressed: %s)', async (response) => {
    const query = 'SELECT number, throwIf(number = 200000) FROM numbers(300000) SETTINGS max_block_size = 10000';
    const read = async (): Promise<unknown> =>
      (await connect({ compression: { response } }).query({ query, format: 'JSONEachRow' })).json();
    await expect(read()).rejects.toMatchObject({ code: '395', type: 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO' });
  });

  it('stops a query by its signal, and by its query id', async () => {
    const query = 'SELECT max(sipHash64(number)) FROM numbers(100000000000)';
    const running = async (id: string): Promise<boolean> =>
      (await rows(`SELECT 1 FROM system.processes WHERE query_id = '${id}'`)).length === 1;
    const abort = new AbortController();
    const aborted = client.query({ query, query_id: 'aborted', abort_signal: abort.signal });
    aborted.catch(() => undefined);
    expect(await until(() => running('aborted'))).toBe(true);
    abort.abort();
    await expect(aborted).rejects.toThrow('aborted');
    expect(await until(async () => !(await running('aborted')))).toBe(true);
    const killed = client.query({ query, query_id: 'killed' });
    killed.catch(() => undefined);
    expect(await until(() => running('killed'))).toBe(true);
    await client.command({ query: "KILL QUERY WHERE query_id = 'killed'" });
    await expect(killed).rejects.toMatchObject({ code: '394' });
  });

  it('reads millions of rows as a stream', async () => {
    const result = await client.query({ query: 'SELECT number FROM numbers(2000000)', format: 'JSONEachRow' });
    let seen = 0;
    for await (const chunk of result.stream()) seen += chunk.length;
    expect(seen).toBe(2_000_000);
  });
});
