import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemIn, startTestApi } from './testing/api.ts';
import { createDatabase, LONG_QUESTION, storeUsers, waitForQueries, type TestDatabase } from './testing/database.ts';

const USERS = 20_000;
let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
  await storeUsers(database.warehouse, USERS);
});
afterAll(() => database.drop());

const seesRunning = (id: string, count: number): Promise<void> => waitForQueries(database.warehouse, id, count);

test('the query of a client that leaves is stopped in ClickHouse', async () => {
  const api = await startTestApi({ clickhouseDatabase: database.name });
  try {
    const id = randomUUID();
    const leave = new AbortController();
    const answer = api.query(LONG_QUESTION, { headers: { 'x-request-id': id }, signal: leave.signal });
    answer.catch(() => undefined);
    await seesRunning(id, 1);
    leave.abort();
    await expect(answer).rejects.toThrow();
    await seesRunning(id, 0);
  } finally {
    await api.close();
  }
});

test('a query above its time is stopped and answered with 504', async () => {
  const api = await startTestApi({ clickhouseDatabase: database.name, queryTimeoutSeconds: 1 });
  try {
    const id = randomUUID();
    const response = await api.query(LONG_QUESTION, { headers: { 'x-request-id': id } });
    expect(response.status).toBe(504);
    expect(await problemIn(response)).toMatchObject({ code: 'query_timeout' });
    await seesRunning(id, 0);
  } finally {
    await api.close();
  }
});

test('a query that would read more rows than its token may is 422, whatever the common limit', async () => {
  const bounded = { name: 'bounded', token: 'bounded-0123456789abcdef', scopes: ['read'], maxRowsRead: 10 } as const;
  const free = { name: 'free', token: 'free-0123456789abcdef', scopes: ['read'] } as const;
  const api = await startTestApi({ clickhouseDatabase: database.name, apiTokens: [bounded, free] });
  try {
    const response = await api.query({ analysis: 'activity' }, { token: bounded.token });
    expect(response.status).toBe(422);
    expect(await problemIn(response)).toMatchObject({ code: 'query_too_costly' });
    expect((await api.query({ analysis: 'activity' }, { token: free.token })).status).toBe(200);
  } finally {
    await api.close();
  }
});

test('a token that asks too often is 429 and told when to come back; others go on', async () => {
  const hasty = { name: 'hasty', token: 'hasty-0123456789abcdef', scopes: ['read'], requestsPerMinute: 2 } as const;
  const calm = { name: 'calm', token: 'calm-0123456789abcdef', scopes: ['read'] } as const;
  const api = await startTestApi({ clickhouseDatabase: database.name, apiTokens: [hasty, calm] });
  try {
    const ask = (token: string): Promise<Response> => api.query({ analysis: 'funel' }, { token });
    expect([(await ask(hasty.token)).status, (await ask(hasty.token)).status]).toEqual([400, 400]);
    const third = await ask(hasty.token);
    expect(third.status).toBe(429);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await problemIn(third)).toMatchObject({ code: 'rate_limited' });
    expect((await ask(calm.token)).status).toBe(400);
  } finally {
    await api.close();
  }
});

test('the log of ClickHouse says who asked and by which request', async () => {
  const api = await startTestApi({ clickhouseDatabase: database.name });
  try {
    const id = randomUUID();
    const answer = api.query(LONG_QUESTION, { headers: { 'x-request-id': id } });
    await seesRunning(id, 1);
    const [row] = await database.warehouse.rows<{ comment: string }>(
      "SELECT Settings['log_comment'] AS comment FROM system.processes WHERE startsWith(query_id, {id:String})",
      { params: { id } },
    );
    expect(row?.comment).toBe(`api anybody ${id}`);
    expect((await answer).status).toBe(200);
  } finally {
    await api.close();
  }
});
