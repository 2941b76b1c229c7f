import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { RunningCollector } from '@suuupra/collector';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WRITE_KEY, event, openCollector, ownType, post, stored, warehouse } from './support.ts';

const SHOP = 'https://shop.example';
let collector: RunningCollector;

beforeAll(async () => {
  collector = await openCollector({
    collectorOrigins: [SHOP],
    collectorPiiDrop: ['phone'],
    collectorPiiHash: ['email'],
    collectorPiiSecret: 'a secret of tests, long enough to be one',
  });
});

afterAll(async () => {
  await collector.close();
  await warehouse.close();
});

test('events that were accepted are rows with every value as it was sent', async () => {
  const event_type = ownType();
  const before = Date.now();
  const sent = event(
    {
      event_type,
      session_id: "s'; DROP TABLE events --",
      content_id: 'a\tb\n"c" 𝄞',
      timestamp: '2026-03-01T09:30:00.007Z',
    },
    {
      amount: 19.99,
      currency: 'EUR',
      watch_time_seconds: 12.5,
      url: 'https://shop.example/ä?x=1',
      flag: true,
      deep: 'x',
      n: 7,
    },
  );
  const response = await post(collector, sent);

  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ accepted: 1, refused: 0, events: [{ index: 0, status: 'accepted' }] });
  await stored(event_type, 1);
  const [row] = await warehouse.rows<Record<string, unknown>>(
    `SELECT event_id, user_id, session_id, content_id, toUnixTimestamp64Milli(timestamp) AS at,
       toUnixTimestamp64Milli(assumeNotNull(received_at)) AS received, toString(amount) AS amount, currency,
       watch_time_seconds, url, toJSONString(properties) AS rest,
       dynamicType(properties.n) AS type_of_n
     FROM unique_events WHERE event_type = {type:String}`,
    { params: { type: event_type } },
  );
  expect(row).toMatchObject({
    event_id: sent.event_id,
    user_id: sent.user_id,
    session_id: sent.session_id,
    content_id: sent.content_id,
    amount: '19.99',
    currency: 'EUR',
    watch_time_seconds: 12.5,
    url: 'https://shop.example/ä?x=1',
  });
  expect(Number(row?.['at'])).toBe(Date.parse(sent.timestamp));
  expect(Number(row?.['received'])).toBeGreaterThanOrEqual(before);
  expect(Number(row?.['received'])).toBeLessThanOrEqual(Date.now());
  // Numbers of 64 bits are quoted by toJSONString; that it is stored as one is said by its type.
  expect(JSON.parse(String(row?.['rest']))).toEqual({ flag: true, deep: 'x', n: '7' });
  expect(row?.['type_of_n']).toBe('Int64');
});

test('of a batch the good events are stored and the bad ones refused with index, code and reason', async () => {
  const event_type = ownType();
  const future = new Date(Date.now() + 86_400_000).toISOString();
  const good = [event({ event_type }), event({ event_type })];
  const response = await post(collector, [
    good[0],
    { ...event({ event_type }), event_id: undefined },
    event({ event_type, timestamp: future }),
    event({ event_type }, { text: 'x'.repeat(70_000) }),
    'no event',
    good[1],
  ]);

  expect(response.status).toBe(200);
  const answer = (await response.json()) as {
    events: { index: number; status: string; code?: string; message?: string }[];
  };
  expect(answer).toMatchObject({ accepted: 2, refused: 4 });
  expect(answer.events.map(({ index, status, code }) => [index, status, code])).toEqual([
    [0, 'accepted', undefined],
    [1, 'refused', 'event_invalid'],
    [2, 'refused', 'event_in_future'],
    [3, 'refused', 'event_too_large'],
    [4, 'refused', 'event_invalid'],
    [5, 'accepted', undefined],
  ]);
  expect(answer.events[1]?.message).toContain('event_id is nothing');
  expect(answer.events[2]?.message).toContain(future);
  expect(await stored(event_type, 2)).toEqual({ events: 2, ids: 2 });
});

test('the same batch sent again counts once', async () => {
  const event_type = ownType();
  const batch = Array.from({ length: 20 }, () => event({ event_type }));
  for (let times = 0; times < 3; times++) expect((await post(collector, batch)).status).toBe(200);
  const marker = event({ event_type });
  await post(collector, marker);
  expect(await stored(event_type, 21)).toEqual({ events: 21, ids: 21 });
});

test('a gzip body, and a text body with the key in the address as sendBeacon sends it, are taken', async () => {
  const event_type = ownType();
  const zipped = gzipSync(JSON.stringify([event({ event_type }), event({ event_type })]));
  expect((await post(collector, zipped, { 'content-encoding': 'gzip' })).status).toBe(200);
  const beacon = await fetch(`${collector.url}/v1/events?write_key=${WRITE_KEY}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain;charset=UTF-8', origin: SHOP },
    body: JSON.stringify([event({ event_type })]),
  });
  expect(beacon.status).toBe(200);
  expect(beacon.headers.get('access-control-allow-origin')).toBe(SHOP);
  expect(await stored(event_type, 3)).toEqual({ events: 3, ids: 3 });
});

test('declared personal data never reaches the warehouse', async () => {
  const event_type = ownType();
  const email = `${randomUUID()}@example.org`;
  await post(collector, [
    event({ event_type }, { email, phone: '+49 30 1234567', plan: 'pro' }),
    event({ event_type }, { email, plan: 'pro' }),
  ]);
  await stored(event_type, 2);
  const rows = await warehouse.rows<{ rest: string }>(
    'SELECT toJSONString(properties) AS rest FROM unique_events WHERE event_type = {type:String}',
    { params: { type: event_type } },
  );
  const [first, second] = rows.map(({ rest }) => JSON.parse(rest) as Record<string, string>);
  expect(Object.keys(first ?? {}).sort()).toEqual(['email', 'plan']);
  expect(first?.['email']).toMatch(/^[0-9a-f]{64}$/);
  expect(second?.['email']).toBe(first?.['email']);
});

test('a key sends as many events per second as it may, and is told when to come again', async () => {
  const slow = await openCollector({ collectorEventsPerSecond: 10 });
  try {
    const event_type = ownType();
    const batch = Array.from({ length: 25 }, () => event({ event_type }));
    expect((await post(slow, batch)).status).toBe(200);
    const refused = await post(slow, [event({ event_type })]);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: 'rate_limited' });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    expect((await post(slow, [event({ event_type })])).status).toBe(200);
    expect(await stored(event_type, 26)).toEqual({ events: 26, ids: 26 });
  } finally {
    await slow.close();
  }
});

test('health, metrics and OpenAPI say what there is', async () => {
  const health = await fetch(`${collector.url}/health`);
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
  const metrics = await (await fetch(`${collector.url}/metrics`)).text();
  expect(metrics).toMatch(/suuupra_collector_events_total\{key="tests",outcome="accepted"\} [1-9]/);
  expect(metrics).toMatch(/suuupra_producer_events_delivered_total [1-9]/);
  expect(metrics).not.toContain(WRITE_KEY);
  const openapi = (await (await fetch(`${collector.url}/openapi.json`)).json()) as { paths: object };
  expect(Object.keys(openapi.paths)).toContain('/v1/events');
});
