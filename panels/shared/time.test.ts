import { expect, it } from 'vitest';
import { bucketLabel, endOf, fullBucketLabel, intervalOf } from './time.ts';

const at = (text: string): number => Date.parse(text);

it('labels of buckets are in the zone of their calendar', () => {
  const start = at('2026-11-02T23:00:00Z');
  expect(bucketLabel(start, 'day', 'utc')).toBe('Nov 2');
  expect(bucketLabel(start, 'day', 'Europe/Berlin')).toBe('Nov 3');
  expect(bucketLabel(start, 'month', 'UTC')).toBe('Nov 2026');
  expect(fullBucketLabel(start, 'week', 'Europe/Berlin')).toBe('Week of Tue, Nov 3, 2026');
});

it('the length of buckets is found from their starts, though clocks change', () => {
  // Berlin leaves summer time on 25 October 2026
  expect(intervalOf([at('2026-10-23T22:00Z'), at('2026-10-24T22:00Z'), at('2026-10-25T23:00Z')])).toBe('day');
  expect(intervalOf([at('2026-03-27T23:00Z'), at('2026-03-28T23:00Z'), at('2026-03-29T22:00Z')])).toBe('day');
  expect(intervalOf([at('2026-02-01T00:00Z'), at('2026-03-01T00:00Z')])).toBe('month');
  expect(intervalOf([at('2026-02-02T00:00Z'), at('2026-02-09T00:00Z')])).toBe('week');
  expect(intervalOf([0, 60_000])).toBe('minute');
  expect(intervalOf([5])).toBe('day');
});

it('a bucket ends where the next begins, the last one after its length', () => {
  expect(endOf(0, 'day', 5)).toBe(5);
  expect(endOf(at('2026-02-01T00:00Z'), 'month', undefined)).toBe(at('2026-03-01T00:00Z'));
  expect(endOf(0, 'hour', undefined)).toBe(3_600_000);
});
