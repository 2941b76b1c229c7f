import fc from 'fast-check';
import http from 'node:http';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, post, startServer, until, type ServerProcess } from './testing/server-process.ts';

let server: ServerProcess;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const HEAVY = 'SELECT max(sipHash64(number)) FROM numbers(100000000000)';
const running = async (queryId: string): Promise<number> =>
  Number(await ask(server, `SELECT count() FROM system.processes WHERE query_id = '${queryId}'`));
const alive = (): boolean => server.child.exitCode === null && server.child.signalCode === null;

describe('cancellation', () => {
  it("stops the engine's query when the client goes away", async () => {
    const abort = new AbortController();
    const answer = post(`${server.url}/?query_id=gone`, HEAVY, { signal: abort.signal });
    answer.catch(() => undefined);
    expect(await until(async () => (await running('gone')) === 1)).toBe(true);
    abort.abort();
    await expect(answer).rejects.toThrow();
    expect(await until(async () => (await running('gone')) === 0)).toBe(true);
  });

  it('stops a query with parameters, which the engine writes anew, and shows its id and comment', async () => {
    const abort = new AbortController();
    const query = 'SELECT max(sipHash64(number)) FROM numbers({n:UInt64})';
    const answer = post(`${server.url}/?query_id=bound&log_comment=mine&param_n=100000000000`, query, {
      signal: abort.signal,
    });
    answer.catch(() => undefined);
    expect(await until(async () => (await running('bound')) === 1)).toBe(true);
    const comments = "SELECT Settings['log_comment'] FROM system.processes WHERE query_id = 'bound'";
    expect(await ask(server, comments)).toBe('mine');
    abort.abort();
    await expect(answer).rejects.toThrow();
    expect(await until(async () => (await running('bound')) === 0)).toBe(true);
  });

  it('kills a query with parameters by its id', async () => {
    const answer = post(
      `${server.url}/?query_id=bound_victim&param_n=100000000000`,
      'SELECT max(sipHash64(number)) FROM numbers({n:UInt64})',
    );
    expect(await until(async () => (await running('bound_victim')) === 1)).toBe(true);
    await ask(server, "KILL QUERY WHERE query_id = 'bound_victim'");
    expect((await answer).headers.get('x-clickhouse-exception-code')).toBe('394');
  });

  it('stops a query whose result is being sent', async () => {
    const request = http.request(`${server.url}/?query_id=half`, { method: 'POST' });
    request.on('error', () => undefined);
    request.end('SELECT number FROM numbers(100000000000)');
    const response = await new Promise<http.IncomingMessage>((resolve) => request.on('response', resolve));
    response.on('error', () => undefined);
    response.once('data', () => request.destroy());
    expect(await until(async () => (await running('half')) === 0)).toBe(true);
  });

  it('kills by query id', async () => {
    const answer = post(`${server.url}/?query_id=victim`, HEAVY);
    expect(await until(async () => (await running('victim')) === 1)).toBe(true);
    await ask(server, "KILL QUERY WHERE query_id = 'victim' SYNC");
    expect((await answer).headers.get('x-clickhouse-exception-code')).toBe('394');
  });

  it('refuses a query id that is in use', async () => {
    const answer = post(`${server.url}/?query_id=twice`, HEAVY);
    expect(await until(async () => (await running('twice')) === 1)).toBe(true);
    const second = await post(`${server.url}/?query_id=twice`, 'SELECT 1');
    expect(second.headers.get('x-clickhouse-exception-code')).toBe('216');
    await ask(server, "KILL QUERY WHERE query_id = 'twice'");
    await answer;
  });

  it('shows what runs, without the traces of how', async () => {
    const answer = post(`${server.url}/?query_id=shown`, HEAVY);
    expect(await until(async () => (await running('shown')) === 1)).toBe(true);
    const list = await ask(server, 'SHOW PROCESSLIST FORMAT JSONEachRow');
    const row = list
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .find((entry) => entry['query_id'] === 'shown');
    expect(row).toMatchObject({ query: `${HEAVY} FORMAT TabSeparated`, initial_query_id: 'shown' });
    await ask(server, "KILL QUERY WHERE query LIKE '%numbers(100000000000)%' AND query NOT LIKE '%KILL%'");
    expect((await answer).status).toBe(500);
  });
});

describe('queries side by side', () => {
  it('a heavy query does not hold up small ones', async () => {
    const heavy = post(`${server.url}/?query_id=heavy`, HEAVY);
    expect(await until(async () => (await running('heavy')) === 1)).toBe(true);
    for (let i = 0; i < 50; i++) expect(await ask(server, `SELECT ${String(i)}`)).toBe(String(i));
    await ask(server, "KILL QUERY WHERE query_id = 'heavy'");
    await heavy;
  });

  it('200 at once are all answered, each with its own answer and settings', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        ask(
          server,
          `SELECT ${String(i)}, getSetting('max_block_size'), {p:UInt32}, max(sipHash64(number)) > 0 FROM numbers(100000)`,
          `max_block_size=${String(1000 + i)}&param_p=${String(i)}`,
        ),
      ),
    );
    expect(answers).toEqual(answers.map((_, i) => [i, 1000 + i, i, 1].join('\t')));
  });

  it('more queries than places wait, and KILL needs no place', async () => {
    const slow = 'SELECT count() FROM numbers(1000) WHERE sleepEachRow(1) = 1 SETTINGS max_block_size = 1';
    const answers = Array.from({ length: 80 }, (_, i) => post(`${server.url}/?query_id=fill${String(i)}`, slow));
    const kill = "KILL QUERY WHERE startsWith(query_id, 'fill')";
    const killAll = setInterval(() => void post(server.url, kill).catch(() => undefined), 500);
    const settled = await Promise.allSettled(answers);
    clearInterval(killAll);
    for (const answer of settled) {
      // one that is killed while its answer is on the way ends without its last chunk
      if (answer.status === 'rejected') expect(String(answer.reason)).toContain('terminated');
      else expect(answer.value.headers.get('x-clickhouse-exception-code')).toBe('394');
    }
  });
});

describe('memory', () => {
  it('5 million rows go through in flat memory, however slowly they are taken', async () => {
    await ask(server, 'SELECT number FROM numbers(1000000) FORMAT Null');
    const before = server.memory();
    const response = await fetch(server.url, {
      method: 'POST',
      body: "SELECT number, repeat('x', 50) AS s FROM numbers(5000000) FORMAT JSONEachRow",
      headers: { 'Accept-Encoding': 'identity' },
    });
    let bytes = 0;
    let most = 0;
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      most = Math.max(most, server.memory() - before);
    }
    expect(bytes).toBeGreaterThan(370_000_000);
    expect(most).toBeLessThan(300);
  });

  it('a query that needs too much of it fails alone', async () => {
    const response = await post(
      `${server.url}/?max_memory_usage=20000000`,
      'SELECT groupArray(number) FROM numbers(50000000)',
    );
    expect(response.headers.get('x-clickhouse-exception-code')).toBe('241');
    expect(await ask(server, 'SELECT 1')).toBe('1');
  });
});

describe('clients that go away at any time', () => {
  it('never harm the server', async () => {
    await ask(server, 'CREATE OR REPLACE TABLE sink (a UInt64) ENGINE = MergeTree ORDER BY a');
    const { port } = new URL(server.url);
    const bodies = [
      'SELECT 1',
      'SELECT number FROM numbers(3000000)',
      HEAVY,
      `INSERT INTO sink FORMAT CSV\n${'1\n'.repeat(50_000)}`,
      'SELECT throwIf(number = 500000) FROM numbers(1000000)',
      'SELECT nope',
    ];
    /** Sends part of a request, takes part of the answer, and cuts the connection. */
    const cut = (body: string, sent: number, wait: number): Promise<void> =>
      new Promise((resolve) => {
        const request = `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`;
        const socket = net.connect(Number(port), '127.0.0.1', () => {
          socket.write(request.slice(0, Math.floor(request.length * sent)));
          setTimeout(() => socket.destroy(), wait);
        });
        socket.on('error', () => undefined).on('close', () => resolve());
        socket.on('data', () => undefined);
      });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...bodies),
        fc.oneof(fc.constant(1), fc.double({ min: 0.01, max: 1, noNaN: true })),
        fc.integer({ min: 0, max: 60 }),
        cut,
      ),
      { numRuns: 300 },
    );
    expect(alive()).toBe(true);
    const rest = async (): Promise<string> =>
      ask(server, "SELECT count() FROM system.processes WHERE query NOT LIKE '%processes%'");
    expect(await until(async () => (await rest()) === '0')).toBe(true);
    expect(await ask(server, 'SELECT 1')).toBe('1');
    expect(await ask(server, 'SELECT count() % 50000 FROM sink')).toBe('0');
  });
});
