import fc from 'fast-check';
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

/** A plain loop over sessions, without a limit. */
function plain(
  steps: readonly Step[],
  { start, end, depth = 5 }: { start?: string; end?: string; depth?: number },
): unknown[][] {
  const counts = new Map<string, number>();
  for (const user of new Set(steps.map((one) => one.user))) {
    const mine = steps.map((one, index) => ({ ...one, index })).filter((one) => one.user === user);
    mine.sort((a, b) => a.at - b.at || a.index - b.index);
    const sessions: (typeof mine)[] = [];
    for (const one of mine) {
      const open = sessions.at(-1);
      if (open === undefined || one.at - (open.at(-1)?.at ?? 0) > 30) sessions.push([one]);
      else open.push(one);
    }
    for (const session of sessions) {
      const nodes = session.map((one) => one.type);
      let path = nodes.slice(0, depth);
      let first = 1;
      if (start !== undefined) path = nodes.includes(start) ? nodes.slice(nodes.indexOf(start)).slice(0, depth) : [];
      if (end !== undefined) {
        path = nodes.slice(0, nodes.indexOf(end) + 1).slice(-depth);
        first = depth - path.length + 1;
      }
      path.slice(1).forEach((target, index) => {
        const key = JSON.stringify([first + index, path[index], target]);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      });
    }
  }
  const rows = [...counts].map(([key, count]) => [...(JSON.parse(key) as [number, string, string]), count] as const);
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return rows.sort((a, b) => a[0] - b[0] || order(a[1], b[1]) || order(a[2], b[2])).map((row) => [...row]);
}

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

  test('random sessions agree with a plain loop', async () => {
    const step = fc.record({
      user: fc.integer({ min: 1, max: 2 }),
      at: fc.integer({ min: 0, max: 120 }),
      type: fc.constantFrom('view', 'cart', 'buy'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.constantFrom({}, { start: 'cart' }, { end: 'buy' }),
        fc.constantFrom(2, 3, 5),
        async (steps, anchor, depth) => {
          await store(steps);
          expect(await edges({ ...anchor, depth, limit: 100 })).toEqual(plain(steps, { ...anchor, depth }));
        },
      ),
      { numRuns: 30 },
    );
  });
});
