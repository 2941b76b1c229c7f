import { expect, it } from 'vitest';
import { placed, thinned } from './ticks.ts';

const ticks = (...positions: number[]) => positions.map((at) => ({ at, label: 'Nov 10' }));

it('labels that would collide are thinned evenly', () => {
  expect(thinned(ticks(0, 30, 60, 90, 120)).map(({ at }) => at)).toEqual([0, 60, 120]);
  expect(thinned(ticks(0, 100)).map(({ at }) => at)).toEqual([0, 100]);
  expect(thinned(ticks(7))).toEqual(ticks(7));
});

it('labels stay inside, and go where moving them makes them collide', () => {
  const half = (6 * 7) / 2;
  expect(placed(ticks(0, 100, 195), 200).map(({ at }) => at)).toEqual([half, 100, 200 - half]);
  expect(placed(ticks(150, 195), 200).map(({ at }) => at)).toEqual([150]);
});
