import { expect, test } from 'vitest';
import { Backoff } from './backoff.ts';

test('waits twice as long after every failure in a row, up to 30 s', () => {
  const backoff = new Backoff();
  expect(Array.from({ length: 8 }, () => backoff.next(0))).toEqual([500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
});

test('begins anew after the part has worked for a minute', () => {
  const backoff = new Backoff();
  backoff.next(0);
  backoff.next(59_999);
  expect(backoff.next(60_000)).toBe(500);
  expect(backoff.next(0)).toBe(1000);
});
