import { describe, expect, it } from 'vitest';
import { frameOf, frameOfAnswer } from '../shared/testing/frames.ts';
import { layoutOf } from './layout.ts';
import { largestOf, readPaths, type Paths } from './model.ts';
import answer from './testing/answer.json';

function pathsOf(frame = frameOfAnswer(answer)): Paths {
  const reading = readPaths([frame]);
  if (reading.kind !== 'paths') throw new Error(reading.kind);
  return reading.paths;
}

const small = frameOf({
  step: [1, 1, 2, 2],
  source: ['view', 'view', 'cart', 'other'],
  target: ['cart', 'other', 'view', 'other'],
  count: [30, 10, 20, 5],
});

describe('readPaths', () => {
  it('reads an answer of the backend', () => {
    const { edges, nodes, steps } = pathsOf();
    expect(edges).toContainEqual(
      expect.objectContaining({ source: '1/page_view', target: '2/experiment_exposure', step: 1 }),
    );
    expect(nodes.filter(({ column }) => column === 1).map(({ name }) => name)).toEqual(['page_view']);
    expect(steps).toBeGreaterThan(1);
  });

  it('keeps an event apart at each step, and gives shares of those who went on', () => {
    const { nodes, edges } = pathsOf(small);
    expect(nodes.map(({ key, count }) => [key, count])).toEqual([
      ['1/view', 40],
      ['2/cart', 30],
      ['2/other', 10],
      ['3/view', 20],
      ['3/other', 5],
    ]);
    expect(edges.map(({ share }) => share)).toEqual([0.75, 0.25, 1, 1]);
  });

  it('tells data that is empty from data that is something else', () => {
    expect(readPaths([])).toEqual({ kind: 'empty' });
    expect(readPaths([frameOf({ step: [1], source: ['a'], target: ['b'], count: [0] })])).toEqual({ kind: 'empty' });
    expect(readPaths([frameOf({ step: [1] })]).kind).toBe('unfit');
  });
});

it('the largest ways are kept, and only nodes that they reach', () => {
  const { edges, nodes } = largestOf(pathsOf(small), 2);
  expect(edges.map(({ count }) => count)).toEqual([30, 20]);
  expect(nodes.map(({ key }) => key)).toEqual(['1/view', '2/cart', '3/view']);
});

it('nodes of a step stand below each other inside the drawing', () => {
  const { nodes, edges } = layoutOf(pathsOf(small), 400, 200);
  const lefts = nodes.map(({ node, left }) => [node.column, left] as const);
  expect(new Set(lefts.filter(([column]) => column === 2).map(([, left]) => left)).size).toBe(1);
  expect(nodes.every(({ top, height, left, width }) => top >= 0 && top + height <= 200 && left + width <= 400)).toBe(
    true,
  );
  expect(edges.length).toBe(4);
});
