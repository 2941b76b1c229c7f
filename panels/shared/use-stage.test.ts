import { expect, it } from 'vitest';
import { cursorAfter } from './columns/use-cursor.ts';
import { moveTo } from './use-stage.ts';
import { visibleRows } from './use-visible-rows.ts';

it('arrows lead from mark to mark and stop at the edges', () => {
  expect(moveTo('ArrowRight', { row: 1, column: 1 }, 3, 3)).toEqual({ row: 1, column: 2 });
  expect(moveTo('ArrowDown', { row: 2, column: 1 }, 3, 3)).toEqual({ row: 2, column: 1 });
  expect(moveTo('End', { row: 1, column: 0 }, 3, 3)).toEqual({ row: 1, column: 2 });
  expect(moveTo('x', { row: 1, column: 0 }, 3, 3)).toBeUndefined();
});

it('in a single row, up and down lead along it', () => {
  expect(moveTo('ArrowDown', { row: 0, column: 1 }, 1, 3)).toEqual({ row: 0, column: 2 });
});

it('a cursor goes by one, by pages and to the ends', () => {
  expect(['ArrowLeft', 'PageUp', 'Home', 'End', 'a'].map((key) => cursorAfter(key, 3, 30))).toEqual([
    2,
    10,
    0,
    29,
    undefined,
  ]);
});

it('only rows on the screen, and a few beyond, are drawn', () => {
  expect(visibleRows(1000, 20, 100, 0)).toEqual([0, 9]);
  expect(visibleRows(1000, 20, 100, 10_000)).toEqual([496, 509]);
  expect(visibleRows(3, 20, 100, 0)).toEqual([0, 3]);
});
