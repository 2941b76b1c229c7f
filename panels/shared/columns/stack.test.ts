import { expect, it } from 'vitest';
import { extentOf, firstIncomplete, stretchesOf, type Columns, type Layer } from './stack.ts';

const layer = (key: string, isNegative = false): Layer => ({ key, label: key, color: 'red', isNegative });
const layers = [layer('new'), layer('back'), layer('gone', true), layer('lost', true)];
const DAY = 86_400_000;
const columns = (...values: number[][]): Columns => ({
  layers,
  buckets: values.map((own, index) => ({ start: index * DAY, values: own, sources: [] })),
  interval: 'day',
});

it('layers above 0 stand on each other, those below hang from each other', () => {
  expect(stretchesOf(layers, [1, 2, 4, 8])).toEqual([
    { from: 0, to: 1 },
    { from: 1, to: 3 },
    { from: -4, to: 0 },
    { from: -12, to: -4 },
  ]);
});

it('the extent holds the highest and the lowest column', () => {
  expect(extentOf(columns([1, 2, 0, 0], [0, 0, 3, 1]))).toEqual([-4, 3]);
  expect(extentOf(columns([0, 0, 0, 0]))).toEqual([0, 1]);
});

it('a bucket is incomplete if it ends after the data', () => {
  const three = columns([1], [1], [1]);
  expect(firstIncomplete(three, 3 * DAY)).toBe(3);
  expect(firstIncomplete(three, 3 * DAY - 1)).toBe(2);
  expect(firstIncomplete(three, DAY)).toBe(1);
});
