import { expect, test } from 'vitest';
import { loadConfig } from '@suuupra/core';
import { checkOrigin } from './origins.ts';
import { RateLimit } from './rate-limit.ts';
import { NOBODY, checkExposure, keyCheck } from './write-keys.ts';

const KEYS = [
  { name: 'web', key: 'first-key-of-the-web' },
  { name: 'web', key: 'next-key-of-the-web0' },
  { name: 'shop', key: 'key-of-the-shop-0000' },
];

test('a key is known by its name, the old and the new one while they are being changed', () => {
  const nameOf = keyCheck(KEYS);
  expect(KEYS.map(({ key }) => nameOf(key))).toEqual(['web', 'web', 'shop']);
});

test('a missing, empty, wrong or shortened key is refused', () => {
  const nameOf = keyCheck(KEYS);
  for (const given of [undefined, '', 'x', 'first-key-of-the-we', 'first-key-of-the-web1'])
    expect(() => nameOf(given)).toThrow(expect.objectContaining({ code: 'unauthorized' }));
});

test('without keys everybody is the same nobody, and only on loopback', () => {
  expect(keyCheck([])('anything')).toBe(NOBODY);
  expect(() => checkExposure({ host: '127.0.0.1', collectorWriteKeys: [] })).not.toThrow();
  expect(() => checkExposure({ host: '0.0.0.0', collectorWriteKeys: [] })).toThrow(
    expect.objectContaining({ code: 'config_invalid' }),
  );
  expect(() => checkExposure({ host: '0.0.0.0', collectorWriteKeys: KEYS })).not.toThrow();
});

test('pages of other origins are refused, requests of no page are not', () => {
  const allowed = ['https://shop.example'];
  for (const origin of [undefined, 'https://shop.example']) expect(() => checkOrigin(origin, allowed)).not.toThrow();
  for (const origin of [
    'null',
    '',
    'http://shop.example',
    'https://shop.example.evil.example',
    'https://shop.example:8443',
  ])
    expect(() => checkOrigin(origin, allowed)).toThrow(expect.objectContaining({ code: 'forbidden' }));
});

test('a rate lets a burst of two seconds through, then as much as time has passed', () => {
  let now = 0;
  const limit = new RateLimit(10, () => now);
  const take = (events: number): number | undefined => {
    try {
      limit.take(events);
      return undefined;
    } catch (error) {
      return (error as { details: { retryAfterSeconds: number } }).details.retryAfterSeconds;
    }
  };
  expect(take(15)).toBeUndefined();
  expect(take(25)).toBeUndefined(); // more than is left: passes once, into debt
  expect(take(0)).toBe(3); // 20 in debt, one needed, at 10 a second
  now = 2_000;
  expect(take(1)).toBe(1);
  now = 2_200;
  expect(take(1)).toBeUndefined();
  now = 1_000_000;
  expect(take(20)).toBeUndefined(); // no more than the burst is saved up
  expect(take(1)).toBe(1);
});

test('write keys and origins of a wrong form are refused, without the key in the message', () => {
  const attempt = (env: Record<string, string>): string => {
    try {
      loadConfig(env);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const secret = 'much-too-secret-to-show!';
  const message = attempt({ SUUUPRA_COLLECTOR_WRITE_KEYS: `web:${secret}` });
  expect(message).toContain('SUUUPRA_COLLECTOR_WRITE_KEYS');
  expect(message).not.toContain(secret);
  for (const origin of ['*', 'shop.example', 'https://shop.example/', 'https://*.example'])
    expect(attempt({ SUUUPRA_COLLECTOR_ORIGINS: origin })).toContain('SUUUPRA_COLLECTOR_ORIGINS');
  expect(loadConfig({ SUUUPRA_COLLECTOR_WRITE_KEYS: 'web:0123456789abcdef, shop:fedcba9876543210' })).toMatchObject({
    collectorWriteKeys: [
      { name: 'web', key: '0123456789abcdef' },
      { name: 'shop', key: 'fedcba9876543210' },
    ],
  });
});
