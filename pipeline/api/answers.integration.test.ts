import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '@suuupra/clickhouse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemIn, startTestApi, type TestApi } from './testing/api.ts';
import { createDatabase, type TestDatabase } from './testing/database.ts';
import { DEFINITIONS, storeShop } from './testing/shop.ts';

let database: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  database = await createDatabase();
  await storeShop(database.warehouse);
  // Complete up to the middle of what is stored.
  await database.warehouse.command(
    "CREATE VIEW completeness AS SELECT toDateTime64('2026-02-01 00:00:00', 3, 'UTC') AS complete_until",
  );
  api = await startTestApi({ clickhouseDatabase: database.name, queryMaxRows: 10 });
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const as = (accept: string): RequestInit => ({ headers: { accept } });

describe('rows alone', () => {
  test.each(['funnel', 'trend', 'revenue', 'engagement', 'why'])(
    'as NDJSON and CSV have the digits of the whole answer: %s',
    async (name) => {
      const whole = await startTestApi({ clickhouseDatabase: database.name });
      const { rows } = (await (await whole.query(DEFINITIONS[name])).json()) as Answer;
      await whole.close();
      const ndjson = await api.query(DEFINITIONS[name], as('application/x-ndjson'));
      expect(ndjson.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
      expect(ndjson.headers.get('x-complete-until')).toBe('2026-02-01T00:00:00.000Z');
      expect(await ndjson.text()).toBe(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

      const csv = await (await api.query(DEFINITIONS[name], as('text/csv'))).text();
      const [head, first] = csv.split('\r\n');
      expect(head).toBe(Object.keys(rows[0] ?? {}).join(','));
      expect(csv.split('\r\n').length).toBeGreaterThan(rows.length);
      const numbers = Object.values(rows[0] ?? {}).filter((value) => typeof value === 'number');
      for (const number of numbers) expect(first?.split(',')).toContain(String(number));
    },
  );

  test('are not cut where a whole answer is', async () => {
    const { rows, meta } = (await (await api.query({ analysis: 'activity' })).json()) as Answer;
    expect([rows.length, meta.truncated]).toEqual([10, true]);
    const lines = (await (await api.query({ analysis: 'activity' }, as('application/x-ndjson'))).text()).trim();
    expect(lines.split('\n').length).toBeGreaterThan(50);
  });

  test('of a definition that is wrong are a problem', async () => {
    const response = await api.query({ analysis: 'funel' }, as('text/csv'));
    expect(response.status).toBe(400);
    expect((await problemIn(response)).code).toBe('definition_invalid');
  });
});

describe('a whole answer', () => {
  test('is 304 for a client that has its rows', async () => {
    const first = await api.query(DEFINITIONS['revenue']);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/".+"$/);
    const again = await api.query(DEFINITIONS['revenue'], { headers: { 'if-none-match': `"other", ${etag}` } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    const other = await api.query(DEFINITIONS['sessions'], { headers: { 'if-none-match': etag } });
    expect(other.status).toBe(200);
  });

  test('of a closed range is kept until an event comes into it, of an open one for seconds', async () => {
    const ask = async (to: string): Promise<string | null> =>
      (await api.query({ analysis: 'activity', from: '2026-01-05', to })).headers.get('x-cache');
    const LONGER_THAN_OPEN = 2500;
    expect([await ask('2026-01-20'), await ask('2026-02-02')]).toEqual(['miss', 'miss']);
    // Written in another way it is the same question.
    expect(await ask('2026-01-20T00:00:00Z')).toBe('hit');
    await sleep(LONGER_THAN_OPEN);
    expect([await ask('2026-01-20'), await ask('2026-02-02')]).toEqual(['hit', 'miss']);
    // A live event, and then one that is later than nearly all.
    const store = (time: string): Promise<void> =>
      database.warehouse.command(
        `INSERT INTO events (event_id, event_type, user_id, timestamp, properties)
         VALUES (generateUUIDv4(), 'page_view', generateUUIDv4(), {time:DateTime64(3, 'UTC')}, '{}')`,
        { params: { time } },
      );
    await store(new Date().toISOString().slice(0, -1).replace('T', ' '));
    expect(await ask('2026-01-20')).toBe('hit');
    await store('2026-01-10 12:00:00.000');
    await sleep(LONGER_THAN_OPEN);
    expect(await ask('2026-01-20')).toBe('miss');
  });
});
