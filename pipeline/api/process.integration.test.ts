import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, LONG_QUESTION, storeUsers, waitForQueries, type TestDatabase } from './testing/database.ts';
import { post, startProcess } from './testing/process.ts';

/** From the first to the last event, both in; four segments each. */
const DAYS = 2922;
let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
  await storeUsers(database.warehouse, 8000);
});
afterAll(() => database.drop());

test('SIGTERM lets the requests under way end, takes no further ones, and ends the process', async () => {
  const api = await startProcess({ SUUUPRA_CLICKHOUSE_DATABASE: database.name });
  const id = randomUUID();
  const answer = post(api.url, LONG_QUESTION, { 'x-request-id': id });
  await waitForQueries(database.warehouse, id, 1);
  const exit = api.stop();
  await expect
    .poll(
      () =>
        fetch(`${api.url}/health`).then(
          ({ status }) => status,
          () => 'refused',
        ),
      { timeout: 10_000 },
    )
    .toBe('refused');
  const response = await answer;
  expect(response.status).toBe(200);
  const { rows } = (await response.json()) as { rows: unknown[] };
  expect(rows).toHaveLength(DAYS * 4);
  expect(await exit).toBe(0);
});

describe('what is logged', () => {
  const TOKEN = 'secret-token-0123456789';
  const OTHER = 'other-token-0123456789';
  const WRONG = 'wrong-token-0123456789';
  const PASSWORD = 'secret-password';

  test('is a line per request with its id, and no secret, neither right nor wrong, at the finest level', async () => {
    const api = await startProcess({
      SUUUPRA_LOG_LEVEL: 'trace',
      SUUUPRA_API_TOKEN: TOKEN,
      SUUUPRA_API_TOKENS: JSON.stringify([{ name: 'other', token: OTHER, scopes: ['save'] }]),
      SUUUPRA_CLICKHOUSE_PASSWORD: PASSWORD,
      SUUUPRA_CLICKHOUSE_USER: 'nobody',
    });
    const statuses = new Map<string, number>();
    for (const token of [TOKEN, OTHER, WRONG]) {
      const id = randomUUID();
      const response = await post(
        api.url,
        { analysis: 'activity' },
        { authorization: `Bearer ${token}`, 'x-request-id': id },
      );
      expect(await response.text()).not.toMatch(new RegExp(`${TOKEN}|${OTHER}|${WRONG}|${PASSWORD}`));
      statuses.set(id, response.status);
    }
    // ClickHouse refuses this user, so that its error is logged as well.
    expect([...statuses.values()]).toEqual([502, 403, 401]);
    expect(await api.stop()).toBe(0);
    for (const secret of [TOKEN, OTHER, WRONG, PASSWORD]) expect(api.log()).not.toContain(secret);
    const lines = api
      .log()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { reqId?: string; res?: { statusCode: number } });
    for (const [id, status] of statuses)
      expect(lines.filter(({ reqId, res }) => reqId === id && res?.statusCode === status)).toHaveLength(1);
  });

  test('of a configuration that is refused shows no token', async () => {
    await expect(
      startProcess({ SUUUPRA_API_TOKENS: JSON.stringify([{ name: 'other', token: OTHER, scopes: ['none'] }]) }),
    ).rejects.toThrow(/SUUUPRA_API_TOKENS is \(hidden\): 0\.scopes\.0: must be of read, save, operate/);
  });
});
