import { gzipSync } from 'node:zlib';
import { SuuupraError } from '@suuupra/core';
import type { FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { type MemorySink, testCollector, validEvent } from './testing.ts';

const SHOP = 'https://shop.example';
const KEY = 'a-write-key-for-tests';
const KEYS = { collectorWriteKeys: [{ name: 'tests', key: KEY }] };

async function post(
  app: FastifyInstance,
  payload: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
  url = '/v1/events',
): Promise<{ status: number; body: Record<string, unknown>; header: (name: string) => unknown }> {
  const answer = await app.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': 'application/json', ...headers },
  });
  const header = (name: string): unknown => answer.headers[name];
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>(), header };
}

const one = JSON.stringify(validEvent());

test('one event and an array are both taken', async () => {
  const { app, sink } = await testCollector();
  expect(await post(app, one)).toMatchObject({ status: 200, body: { accepted: 1, refused: 0 } });
  expect(await post(app, `[${one},${one}]`)).toMatchObject({ status: 200, body: { accepted: 2 } });
  expect(sink.events).toHaveLength(3);
});

test('a request of bad events only is a problem that says why for each', async () => {
  const { app, sink } = await testCollector();
  const { status, body, header } = await post(app, JSON.stringify([validEvent({ user_id: 'me' }), 7]));
  expect(status).toBe(400);
  expect(header('content-type')).toContain('application/problem+json');
  expect(body).toMatchObject({
    code: 'event_invalid',
    accepted: 0,
    refused: 2,
    events: [
      { index: 0, status: 'refused', code: 'event_invalid', faults: [{ path: 'user_id', found: '"me"' }] },
      { index: 1, status: 'refused', code: 'event_invalid' },
    ],
  });
  expect(sink.events).toEqual([]);
});

test.each([
  ['not JSON', '{"event_id":', 400, 'input_invalid'],
  ['nothing', '', 400, 'input_invalid'],
  ['an empty array', '[]', 400, 'input_invalid'],
  ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22]), 400, 'input_invalid'],
  ['too many events', `[${Array(1001).fill('1').join()}]`, 413, 'input_too_large'],
  ['too many bytes', `"${'x'.repeat(1_100_000)}"`, 413, 'input_too_large'],
])('a body of %s is refused', async (_what, payload, status, code) => {
  const { app } = await testCollector();
  expect(await post(app, payload)).toMatchObject({ status, body: { code } });
});

test('a gzip body is taken; one that unpacks to more than the limit, that is cut or that is none is refused', async () => {
  const { app, sink } = await testCollector();
  const gzip = { 'content-encoding': 'gzip' };
  expect(await post(app, gzipSync(one), gzip)).toMatchObject({ status: 200 });
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '), { level: 9 });
  expect(bomb.length).toBeLessThan(1_048_576);
  expect(await post(app, bomb, gzip)).toMatchObject({ status: 413, body: { code: 'input_too_large' } });
  expect(await post(app, gzipSync(one).subarray(0, -12), gzip)).toMatchObject({
    status: 400,
    body: { code: 'input_invalid' },
  });
  expect(await post(app, one, gzip)).toMatchObject({ status: 400, body: { code: 'input_invalid' } });
  expect(await post(app, one, { 'content-encoding': 'br' })).toMatchObject({ status: 415 });
  expect(sink.events).toHaveLength(1);
});

test('text is taken as JSON, other media types are refused', async () => {
  const { app } = await testCollector();
  expect(await post(app, one, { 'content-type': 'text/plain;charset=UTF-8' })).toMatchObject({ status: 200 });
  expect(await post(app, 'a=b', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({
    status: 415,
    body: { code: 'media_type_unknown' },
  });
});

test('a key goes in the header or the address, and does not appear in the answer', async () => {
  const { app, sink } = await testCollector(KEYS);
  expect(await post(app, one)).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
  const wrong = await post(app, one, { 'x-write-key': 'wrong-key-0123456789' });
  expect(wrong.status).toBe(401);
  expect(JSON.stringify(wrong.body)).not.toContain('wrong-key');
  expect(sink.events).toEqual([]);
  expect(await post(app, one, { 'x-write-key': KEY })).toMatchObject({ status: 200 });
  expect(await post(app, one, {}, `/v1/events?write_key=${KEY}`)).toMatchObject({ status: 200 });
});

test('a preflight is answered for listed origins only, and events of other pages are refused without one', async () => {
  const { app, sink } = await testCollector({ collectorOrigins: [SHOP] });
  const preflight = (origin: string) =>
    app.inject({ method: 'OPTIONS', url: '/v1/events', headers: { origin, 'access-control-request-method': 'POST' } });
  expect((await preflight(SHOP)).headers).toMatchObject({
    'access-control-allow-origin': SHOP,
    'access-control-allow-methods': 'POST',
  });
  expect((await preflight('https://evil.example')).headers).not.toHaveProperty('access-control-allow-origin');
  const refused = await post(app, one, { origin: 'https://evil.example', 'content-type': 'text/plain' });
  expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  expect(sink.events).toEqual([]);
  const taken = await post(app, one, { origin: SHOP });
  expect([taken.status, taken.header('access-control-allow-origin')]).toEqual([200, SHOP]);
});

const away = (sink: MemorySink): void => {
  sink.failure = new SuuupraError('kafka_delivery_failed', 'not delivered');
};
const full = (sink: MemorySink): void => {
  sink.failure = new SuuupraError('overloaded', 'no room');
};
const stalled = (sink: MemorySink): void => {
  sink.stalled = true;
};

test.each([
  ['does not take the events', away, 'kafka_delivery_failed'],
  ['is behind and the buffer is full', full, 'overloaded'],
  ['is known to be away', stalled, 'kafka_unreachable'],
])('503 with Retry-After when Kafka %s', async (_what, arrange, code) => {
  const { app, sink } = await testCollector();
  arrange(sink);
  const answer = await post(app, one);
  expect(answer).toMatchObject({ status: 503, body: { code } });
  expect(Number(answer.header('retry-after'))).toBeGreaterThanOrEqual(1);
  expect(answer.body).not.toHaveProperty('accepted');
});

test('an unforeseen fault is 500 and tells nothing of the inside', async () => {
  const { app, sink } = await testCollector();
  sink.failure = new TypeError('secret inside') as unknown as SuuupraError;
  const answer = await post(app, one);
  expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } });
  expect(JSON.stringify(answer.body)).not.toContain('secret inside');
});

test('the id of a request is the given one if it is plain, and stands in header and body', async () => {
  const { app } = await testCollector();
  const plain = await post(app, one, { 'x-request-id': 'abc-1' });
  expect([plain.header('x-request-id'), plain.body['request_id']]).toEqual(['abc-1', 'abc-1']);
  const odd = await post(app, one, { 'x-request-id': 'a b' });
  expect(odd.header('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});
