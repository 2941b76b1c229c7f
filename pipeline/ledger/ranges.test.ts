import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classed, gaps } from './ranges.ts';

const range = (from: number, to: number) => ({ from: BigInt(from), to: BigInt(to) });

test('what no range covers is a gap, at the ends too', () => {
  expect(gaps(range(0, 20), [range(12, 15), range(3, 9)])).toEqual([range(0, 2), range(10, 11), range(16, 20)]);
});

test('nothing is a gap where the ranges cover all, and all is where there are none', () => {
  expect(gaps(range(5, 9), [range(0, 6), range(7, 30)])).toEqual([]);
  expect(gaps(range(5, 9), [])).toEqual([range(5, 9)]);
  expect(gaps(range(5, 4), [])).toEqual([]);
});

test('gaps and ranges together are every offset once', () => {
  const ranges = fc.array(fc.tuple(fc.nat(60), fc.nat(8)).map(([from, more]) => range(from, from + more)));
  fc.assert(
    fc.property(ranges, (covered) => {
      const missing = gaps(range(10, 50), covered).flatMap(({ from, to }) =>
        Array.from({ length: Number(to - from) + 1 }, (_, index) => Number(from) + index),
      );
      const isCovered = (offset: number) =>
        covered.some(({ from, to }) => BigInt(offset) >= from && BigInt(offset) <= to);
      const expected = Array.from({ length: 41 }, (_, index) => index + 10).filter((offset) => !isCovered(offset));
      expect(missing).toEqual(expected);
    }),
  );
});

test('neighbours of one class are one range', () => {
  const classes = new Map([
    [7n, 'empty'],
    [5n, 'empty'],
    [6n, 'empty'],
    [8n, 'control'],
    [10n, 'control'],
  ] as const);
  expect(classed(classes)).toEqual([
    { from: 5n, to: 7n, class: 'empty' },
    { from: 8n, to: 8n, class: 'control' },
    { from: 10n, to: 10n, class: 'control' },
  ]);
});
