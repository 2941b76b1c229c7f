import { loadConfig } from '@suuupra/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasEnded, JobManager } from '../cluster/job-manager.ts';
import { poll } from '../rest/wait.ts';
import { SqlGateway } from './client.ts';
import type { GatewaySession } from './session.ts';

const config = loadConfig();
const gateway = new SqlGateway(config.sqlGatewayUrl);
const cluster = new JobManager(config.flinkUrl);
/** Rows for ten minutes, each with its number. (This source keeps all its numbers in memory: no more than needed.) */
const NUMBERS = `CREATE TEMPORARY TABLE numbers (n BIGINT) WITH (
  'connector' = 'datagen', 'rows-per-second' = '2000', 'fields.n.kind' = 'sequence',
  'fields.n.start' = '1', 'fields.n.end' = '1200000')`;

let session: GatewaySession;
beforeAll(async () => {
  session = await gateway.openSession({ name: 'test', properties: { 'pipeline.name': 'gateway_test' } });
  await session.prepare(NUMBERS);
});
afterAll(() => session.close());

const openJobs = async (): Promise<number> =>
  (await cluster.jobs()).filter(({ name, state }) => name === 'gateway_test' && !hasEnded(state)).length;
/** Long before the rows run out. */
const noJobIsLeft = () => poll(async () => ((await openJobs()) === 0 ? true : undefined), { timeoutMs: 60_000 });

describe('the SQL Gateway', () => {
  it('is spoken to in the newest version that both sides know', async () => {
    expect(await gateway.version()).toBe('V4');
  });

  it('gives columns and rows of a finished statement', async () => {
    const result = await session.execute("SELECT n, t FROM (VALUES (1, 'a;b'), (2, CAST(NULL AS STRING))) AS x (n, t)");
    expect(result.columns.map(({ name, logicalType }) => [name, logicalType.type])).toEqual([
      ['n', 'INTEGER'],
      ['t', 'VARCHAR'],
    ]);
    const rows = result.rows.map(({ fields }) => fields);
    expect(rows.sort(([a], [b]) => Number(a) - Number(b))).toEqual([
      [1, 'a;b'],
      [2, null],
    ]);
    expect(result.truncated).toBe(false);
  });

  it('streams page by page, in order, and cancels the job when the reader has enough', async () => {
    const seen: unknown[] = [];
    for await (const { fields } of session.stream('SELECT n FROM numbers')) {
      seen.push(fields[0]);
      if (seen.length === 5_000) break;
    }
    expect(seen).toEqual(Array.from({ length: 5_000 }, (_, index) => index + 1));
    expect(await noJobIsLeft()).toBe(true);
  });

  it('collects no more rows than asked for, and says so', async () => {
    const result = await session.execute('SELECT n FROM numbers', { maxRows: 10 });
    expect(result.rows).toHaveLength(10);
    expect(result.truncated).toBe(true);
    expect(await noJobIsLeft()).toBe(true);
  });

  it('ends a statement that takes longer than allowed, on the cluster too', async () => {
    const never = session.execute('SELECT n FROM numbers WHERE n < 0', { timeoutMs: 8_000 });
    await expect(never).rejects.toMatchObject({ code: 'query_timeout' });
    expect(await noJobIsLeft()).toBe(true);
  });

  it('ends a statement when its caller gives up', async () => {
    const interrupt = new AbortController();
    setTimeout(() => {
      interrupt.abort();
    }, 5_000);
    await expect(
      session.execute('SELECT n FROM numbers WHERE n < 0', { signal: interrupt.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(await noJobIsLeft()).toBe(true);
  });

  it('says in plain words, and with the line, why a statement is refused', async () => {
    await expect(session.execute('SELECT n,\n  nope\nFROM numbers')).rejects.toMatchObject({
      code: 'flink_statement_failed',
      message: "Column 'nope' not found in any table (line 2: nope)",
      details: { line: 2, column: 3 },
    });
    await expect(session.execute('SELECT\nFRM numbers')).rejects.toMatchObject({
      code: 'flink_statement_failed',
      details: { line: 2 },
    });
  });

  it('opens a session again that the Gateway has forgotten, with all that was prepared in it', async () => {
    const lost = session.id;
    const response = await fetch(`${config.sqlGatewayUrl}/v4/sessions/${lost}`, { method: 'DELETE' });
    expect(response.ok).toBe(true);
    const tables = await session.execute('SHOW TABLES');
    expect(tables.rows.map(({ fields }) => fields[0])).toEqual(['numbers']);
    expect(session.id).not.toBe(lost);
  });

  it('tells which address does not answer', async () => {
    await expect(new SqlGateway('http://127.0.0.1:1').openSession()).rejects.toMatchObject({
      code: 'flink_unreachable',
      message: expect.stringContaining('http://127.0.0.1:1 does not answer') as string,
    });
  });
});
