import { expect, test } from 'vitest';
import { lagOf } from './lag.ts';

test('lag is what lies between the committed offsets and the ends', () => {
  const partitions = [
    { partition: 0, low: 0, high: 10, committed: 7 },
    { partition: 1, low: 0, high: 5, committed: 5 },
  ];
  expect(lagOf(partitions)).toBe(3);
});

test('a partition of which nothing was committed counts from its beginning', () => {
  expect(lagOf([{ partition: 0, low: 4, high: 10, committed: null }])).toBe(6);
});

test('what retention removed is no lag', () => {
  expect(lagOf([{ partition: 0, low: 8, high: 10, committed: 3 }])).toBe(2);
});
