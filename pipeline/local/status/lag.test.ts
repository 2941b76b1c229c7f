import { expect, test } from 'vitest';
import { lagOf } from './lag.ts';

const end = (partition: number, low: number, high: number) => ({ partition, low: String(low), high: String(high) });
const at = (partition: number, offset: number) => ({ partition, offset: String(offset) });

test('lag is what lies between the committed offsets and the ends', () => {
  expect(lagOf([end(0, 0, 10), end(1, 0, 5)], [at(0, 7), at(1, 5)])).toBe(3);
});

test('a partition of which nothing was committed counts from its beginning', () => {
  expect(lagOf([end(0, 4, 10), end(1, 2, 5)], [at(0, -1)])).toBe(9);
});

test('what retention removed is no lag', () => {
  expect(lagOf([end(0, 8, 10)], [at(0, 3)])).toBe(2);
});
