import type { Answer } from '@suuupra/clickhouse';
import { expect, test } from 'vitest';
import { createAnswerCache, endOf } from './cache.ts';

const COMPLETE = '2026-02-01T00:00:00.000Z';
const answer = (meta: object = {}, rows: object[] = []): Answer =>
  ({
    ...{ analysis: 'trend', definition: { analysis: 'trend' }, rows },
    meta: { complete_until: COMPLETE, truncated: false, warnings: [], elapsed_ms: 1, ...meta },
  }) as unknown as Answer;
const make = (meta?: object, rows?: object[]) => (): Promise<Answer> => Promise.resolve(answer(meta, rows));
const MUCH_LATER = 86_400_000;

test.each([
  ['trend', { to: COMPLETE }, Date.parse(COMPLETE)],
  ['trend', { to: '2026-03-01T00:00:00.000Z', as_of: COMPLETE }, Date.parse(COMPLETE)],
  ['trend', {}, undefined],
  ['funnel', { to: COMPLETE }, undefined],
  ['funnel', { to: COMPLETE, as_of: COMPLETE }, Date.parse(COMPLETE)],
])('a %s of %j reads up to %s', (analysis, range, end) => {
  expect(endOf({ analysis, ...range } as Answer['definition'])).toBe(end);
});

test.each([
  ['ends where all events have arrived', Date.parse(COMPLETE), {}, true],
  ['ends after that', Date.parse(COMPLETE) + 1, {}, false],
  ['has no end', undefined, {}, false],
  ['ends where nothing is known to be complete', Date.parse(COMPLETE), { complete_until: null }, false],
])('a range that %s', async (_what, last, meta, isKept) => {
  let now = 0;
  const cache = createAnswerCache(
    () => Promise.resolve('1'),
    1e6,
    () => now,
  );
  expect((await cache.get('key', last, make(meta))).isHit).toBe(false);
  expect((await cache.get('key', last, make(meta))).isHit).toBe(true);
  now = MUCH_LATER;
  expect((await cache.get('key', last, make(meta))).isHit).toBe(isKept);
});

test('an event that comes late ends what was kept, and so does one that comes while the answer is made', async () => {
  let now = 0;
  let version = '1';
  const cache = createAnswerCache(
    () => Promise.resolve(version),
    1e6,
    () => now,
  );
  const last = Date.parse(COMPLETE);
  await cache.get('key', last, () => {
    version = '2';
    return Promise.resolve(answer());
  });
  now += MUCH_LATER;
  expect((await cache.get('key', last, make())).isHit).toBe(false);
  now += MUCH_LATER;
  expect((await cache.get('key', last, make())).isHit).toBe(true);
  version = '3';
  expect((await cache.get('key', last, make())).isHit).toBe(false);
});

test('where versions cannot be told nothing is kept for long', async () => {
  let now = 0;
  const cache = createAnswerCache(
    () => Promise.resolve(undefined),
    1e6,
    () => now,
  );
  await cache.get('key', Date.parse(COMPLETE), make());
  now = MUCH_LATER;
  expect((await cache.get('key', Date.parse(COMPLETE), make())).isHit).toBe(false);
});

test('the answer that was asked for longest ago goes first', async () => {
  const big = make({}, [{ text: 'x'.repeat(300) }]);
  const cache = createAnswerCache(
    () => Promise.resolve('1'),
    2500,
    () => 0,
  );
  const ask = async (key: string): Promise<boolean> => (await cache.get(key, undefined, big)).isHit;
  await ask('a');
  await ask('b');
  expect(await ask('a')).toBe(true);
  await ask('c');
  expect(await ask('a')).toBe(true);
  expect(await ask('b')).toBe(false);
});

test('the tag of an answer hangs on its rows and not on what it cost', async () => {
  const tag = async (rows: object[], meta: object): Promise<string> =>
    (await createAnswerCache(() => Promise.resolve('1')).get('key', undefined, make(meta, rows))).etag;
  expect(await tag([{ n: 1 }], { elapsed_ms: 5 })).toBe(await tag([{ n: 1 }], { elapsed_ms: 9, rows_read: 3 }));
  expect(await tag([{ n: 1 }], {})).not.toBe(await tag([{ n: 2 }], {}));
  expect(await tag([{ n: 1 }], {})).not.toBe(await tag([{ n: 1 }], { truncated: true }));
});
