import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { normalize } from '../compile.ts';
import { Engine, type TestEvent } from '../testing/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

const BASE = Date.UTC(2025, 0, 1);
const USER = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

interface Step {
  readonly user: number;
  /** In minutes. */
  readonly at: number;
  readonly type: string;
  readonly page?: string | undefined;
}

const store = (steps: readonly Step[]): Promise<void> =>
  engine.store(
    steps.map(({ user, at, type, page }, index): TestEvent => ({
      event_id: `${index.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
      event_type: type,
      user_id: USER(user),
      timestamp: new Date(BASE + at * 60_000).toISOString(),
      properties: page === undefined ? {} : { page },
    })),
  );

const edges = async (definition: object): Promise<unknown[][]> =>
  (await engine.rows({ analysis: 'paths', ...definition })).map((row) => Object.values(row));

/** Random paths: evaluator/differential.engine.test.ts. */
describe('paths', () => {
  test('a case by hand: from a start, with rare nodes as other, in two sessions', async () => {
    const visit = (user: number, at: number, ...types: string[]): Step[] =>
      types.map((type, index) => ({ user, at: at + index, type }));
    await store([
      ...visit(1, 0, 'view', 'cart', 'buy'),
      ...visit(1, 100, 'home', 'view', 'cart'),
      ...visit(2, 0, 'view', 'leave'),
    ]);
    expect(await edges({ start: 'view', limit: 1 })).toEqual([
      [1, 'view', 'cart', 2],
      [1, 'view', 'other', 1],
      [2, 'cart', 'buy', 1],
    ]);
    expect(await edges({ end: 'cart', depth: 2 })).toEqual([[1, 'view', 'cart', 2]]);
    expect(await edges({ from: '2025-01-01T01:00:00Z' })).toEqual([
      [1, 'home', 'view', 1],
      [2, 'view', 'cart', 1],
    ]);
  });

  test('the limit holds for the start too, where it occurs again', async () => {
    const visit = (user: number, ...types: string[]): Step[] => types.map((type, at) => ({ user, at, type }));
    await store([...visit(1, 'view', 'view'), ...visit(2, 'view', 'cart'), ...visit(3, 'view', 'cart')]);
    expect(await edges({ start: 'view', limit: 1 })).toEqual([
      [1, 'view', 'cart', 2],
      [1, 'view', 'other', 1],
    ]);
  });

  test('paths to an end share their last position', async () => {
    const visit = (user: number, ...types: string[]): Step[] => types.map((type, at) => ({ user, at, type }));
    await store([...visit(1, 'home', 'view', 'buy', 'home'), ...visit(2, 'cart', 'buy')]);
    expect(await edges({ end: 'buy', depth: 4 })).toEqual([
      [2, 'home', 'view', 1],
      [3, 'cart', 'buy', 1],
      [3, 'view', 'buy', 1],
    ]);
  });

  test('a property names the nodes; events without it are left out', async () => {
    await store([
      { user: 1, at: 0, type: 'page_view', page: 'a' },
      { user: 1, at: 1, type: 'ping' },
      { user: 1, at: 2, type: 'page_view', page: 'b' },
    ]);
    expect(await edges({ node: 'page' })).toEqual([[1, 'a', 'b', 1]]);
  });

  test('a path has one anchor', () => {
    expect(() => normalize({ analysis: 'paths', start: 'a', end: 'b' })).toThrow('end: found "b"');
  });
});
