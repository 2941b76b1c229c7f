import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { config, event, eventually, send, warehouse } from './support.ts';

afterAll(() => warehouse.close());

/** The rows of a query over one user, asked until there are as many as expected. */
const rowsOf = (sql: string, user: string, expected: number): Promise<Record<string, unknown>[]> =>
  eventually(
    () => warehouse.rows<Record<string, unknown>>(sql, { params: { user } }),
    (rows) => rows.length === expected,
  );

test('an event arrives with every value as it was sent, milliseconds and cents included', async () => {
  const sent = event(
    {
      event_type: 'purchase',
      session_id: "s'; DROP TABLE events --",
      content_id: 'film\t7 🦞',
      timestamp: '2026-03-01T09:30:00.125Z',
      received_at: '2026-03-01T09:30:01.999Z',
    },
    {
      device: 'tv',
      amount: 19.99,
      currency: 'EUR',
      order_id: 'o-1',
      watch_time_seconds: 1.5,
      plan: 'pro',
      'a.b c': true,
    },
  );
  await send(sent);
  const [row] = await rowsOf('SELECT * FROM unique_events WHERE user_id = {user:UUID}', sent.user_id, 1);
  expect(row).toMatchObject({
    event_id: sent.event_id,
    event_type: 'purchase',
    user_id: sent.user_id,
    session_id: "s'; DROP TABLE events --",
    content_id: 'film\t7 🦞',
    timestamp: '2026-03-01 09:30:00.125',
    received_at: '2026-03-01 09:30:01.999',
    device: 'tv',
    country: null,
    amount: '19.99',
    currency: 'EUR',
    order_id: 'o-1',
    watch_time_seconds: 1.5,
    duration_seconds: null,
    properties: { plan: 'pro', a: { 'b c': true } },
  });
});

test('texts that look like dates, numbers or booleans stay texts, and numbers keep their kind', async () => {
  const sent = event(
    {},
    { day: '2026-03-01', time: '2026-03-01 10:00:00', digits: '7', truth: 'true', n: 7, f: 1.5, b: true },
  );
  await send(sent);
  const [row] = await rowsOf(
    'SELECT JSONAllPathsWithTypes(properties) AS types FROM unique_events WHERE user_id = {user:UUID}',
    sent.user_id,
    1,
  );
  expect(row?.['types']).toEqual({
    day: 'String',
    time: 'String',
    digits: 'String',
    truth: 'String',
    n: 'Int64',
    f: 'Float64',
    b: 'Bool',
  });
});

test('a known property whose value is not of its type is found among the other properties', async () => {
  const sent = event({}, { amount: 0.1 + 0.2, device: 7, watch_time_seconds: 'long', huge: 2e19, n: -0 });
  await send(sent);
  const [row] = await rowsOf(
    'SELECT amount, device, watch_time_seconds, properties FROM unique_events WHERE user_id = {user:UUID}',
    sent.user_id,
    1,
  );
  expect(row).toEqual({
    amount: null,
    device: null,
    watch_time_seconds: null,
    properties: { amount: 0.30000000000000004, device: '7', huge: 2e19, n: '0', watch_time_seconds: 'long' },
  });
});

test('an event that comes twice counts once, and of two contents under one id the first wins', async () => {
  const first = event({}, { n: 1 });
  const other = { ...event({ user_id: first.user_id }), properties: { n: 3 } };
  await send(first, first, { ...first, properties: { n: 2 } }, other);
  const rows = await rowsOf(
    `SELECT event_id, properties.n::Int64 AS n FROM unique_events
     WHERE user_id = {user:UUID} ORDER BY n`,
    first.user_id,
    2,
  );
  expect(rows).toEqual([
    { event_id: first.event_id, n: '1' },
    { event_id: other.event_id, n: '3' },
  ]);
});

test('an id that comes again with another user, time or type is a dead letter and in no number', async () => {
  const marker = randomUUID();
  const winner = event({ content_id: marker }, { n: 1 });
  await send(winner);
  await rowsOf('SELECT 1 FROM events WHERE user_id = {user:UUID}', winner.user_id, 1);
  await send(
    { ...winner, user_id: randomUUID() },
    { ...winner, timestamp: '2026-03-01T09:30:00.126Z' },
    { ...winner, event_type: 'signup' },
  );
  const letters = await eventually(
    () =>
      warehouse.rows<{ error: string }>(
        "SELECT error FROM dead_letters FINAL WHERE reason = 'id_conflict' AND position(error, {id:String}) > 0",
        { params: { id: winner.event_id } },
      ),
    (rows) => rows.length === 3,
  );
  expect(letters).toHaveLength(3);
  const rows = await warehouse.rows(
    'SELECT user_id, timestamp, event_type FROM unique_events WHERE content_id = {marker:String}',
    {
      params: { marker },
    },
  );
  expect(rows).toEqual([{ user_id: winner.user_id, timestamp: '2026-03-01 09:30:00.125', event_type: 'page_view' }]);
});

test('one block may hold events of more weeks than a block may have partitions', async () => {
  const user = randomUUID();
  const events = Array.from({ length: 300 }, (_, week) =>
    event({ user_id: user, timestamp: new Date(Date.UTC(1999, 0, 1) + week * 7 * 86_400_000).toISOString() }),
  );
  await send(...events);
  const [row] = await eventually(
    () =>
      warehouse.rows<{ n: string }>('SELECT count() AS n FROM unique_events WHERE user_id = {user:UUID}', {
        params: { user },
      }),
    ([answer]) => answer?.n === '300',
  );
  expect(row?.n).toBe('300');
});

test('view_events has one row per view with the greatest progress that belongs to it', async () => {
  const user_id = randomUUID();
  const at = (seconds: number): string => new Date(Date.UTC(2026, 2, 1) + seconds * 1000).toISOString();
  const content = '3f1c9a52-7d2e-4c1b-9a40-5be6c2a7d001';
  const view = (seconds: number, content_id: string | null = content, session_id: string | null = 's') =>
    event({ user_id, event_type: 'content_view', content_id, session_id, timestamp: at(seconds) });
  const progress = (
    seconds: number,
    watched: number,
    content_id: string | null = content,
    session_id: string | null = 's',
  ) =>
    event(
      { user_id, event_type: 'video_progress', content_id, session_id, timestamp: at(seconds) },
      { watch_time_seconds: watched },
    );
  await send(
    progress(30, 29.9), // before its view arrives, after it happened
    view(0),
    view(0), // two views in one millisecond: one of them has the progress
    progress(20, 20),
    view(100),
    progress(100, 5), // in the millisecond of the view
    progress(99, 3), // of the view before
    progress(150, 50, content, 'other session'), // an orphan
    view(200, 'film-7', null),
    progress(210, 10, 'film-7', null),
    view(300, null),
  );
  const rows = await rowsOf(
    `SELECT content_id, timestamp, watch_time_seconds FROM view_events
     WHERE user_id = {user:UUID} ORDER BY timestamp, watch_time_seconds`,
    user_id,
    5,
  );
  expect(rows).toEqual([
    { content_id: content, timestamp: '2026-03-01 00:00:00.000', watch_time_seconds: 0 },
    { content_id: content, timestamp: '2026-03-01 00:00:00.000', watch_time_seconds: 29 },
    { content_id: content, timestamp: '2026-03-01 00:01:40.000', watch_time_seconds: 5 },
    {
      content_id: 'b6325fae-53a8-56b6-b545-e491ac87a63e',
      timestamp: '2026-03-01 00:03:20.000',
      watch_time_seconds: 10,
    },
    { content_id: '00000000-0000-0000-0000-000000000000', timestamp: '2026-03-01 00:05:00.000', watch_time_seconds: 0 },
  ]);
  const columns = await warehouse.rows(
    'SELECT name, type FROM system.columns WHERE database = {database:String} AND table = {table:String}',
    {
      params: { database: config.clickhouseDatabase, table: 'view_events' },
    },
  );
  expect(columns).toEqual([
    { name: 'user_id', type: 'UUID' },
    { name: 'content_id', type: 'UUID' },
    { name: 'timestamp', type: "DateTime64(3, 'UTC')" },
    { name: 'watch_time_seconds', type: 'UInt32' },
  ]);
});

test('money is added exactly, and refunds stand on their own', async () => {
  const currency = `T${randomUUID()}`;
  const purchase = (amount: number, order_id: string) =>
    event({ event_type: 'purchase', timestamp: '2026-03-01T09:30:59.999Z' }, { amount, currency, order_id });
  await send(
    ...Array.from({ length: 10 }, (_, index) => purchase(0.1, `o-${String(index)}`)),
    purchase(-0.05, 'o-1'),
    purchase(0.1 + 0.2, 'o-20'),
  );
  const [row] = await eventually(
    () =>
      warehouse.rows<Record<string, unknown>>('SELECT * FROM revenue_minute WHERE currency = {currency:String}', {
        params: { currency },
      }),
    ([answer]) => answer?.['orders'] === '11',
  );
  expect(row).toEqual({
    minute: '2026-03-01 09:30:00',
    currency,
    gross: '1.3',
    refunds: '0.05',
    net: '1.25',
    orders: '11',
    buyers: '11',
  });
});

test('the users of an hour are counted once per content however often they come', async () => {
  const content_id = randomUUID();
  const views = Array.from({ length: 5 }, () => event({ event_type: 'content_view', content_id }));
  await send(...views, ...views, ...views.map((view) => ({ ...view, event_id: randomUUID() })));
  const [row] = await eventually(
    () =>
      warehouse.rows<Record<string, unknown>>(
        `SELECT hour, uniqMerge(unique_users) AS users FROM unique_users_hourly
         WHERE content_id = {content:UUID} GROUP BY hour`,
        { params: { content: content_id } },
      ),
    ([answer]) => answer?.['users'] === '5',
  );
  expect(row).toEqual({ hour: '2026-03-01 09:00:00', users: '5' });
});

test('what is read is complete up to the last minute once everything is read', async () => {
  await send(event());
  const before = Date.now();
  const [row] = await eventually(
    () =>
      warehouse.rows<{ read_until: string; until: string; lag: string }>(
        `SELECT toUnixTimestamp64Milli(read_until) AS read_until, toUnixTimestamp64Milli(complete_until) AS until, lag
         FROM completeness`,
      ),
    ([answer]) => answer !== undefined && Number(answer.read_until) >= before && answer.lag === '0',
  );
  expect(Number(row?.read_until)).toBeGreaterThanOrEqual(before);
  expect(Number(row?.read_until) - Number(row?.until)).toBeGreaterThanOrEqual(60_000);
});
