import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Engine, type Row, type TestEvent } from '../testing/engine.ts';
import { filters, funnel, kindIs, log, completed } from './random.ts';
import { REASONS } from './reasons.ts';
import { USER, why, type Why } from './testing.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

/** The answer about the user out of the whole log, and the rows of the analysis over a log of this user only. */
async function both(events: readonly TestEvent[], definition: unknown): Promise<Why & { alone: readonly Row[] }> {
  await engine.store(events);
  const explained = await why(engine, definition);
  const own = events.filter((event) => event.user_id === USER);
  const inOrder = own.toSorted(
    (a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp) || (a.event_id < b.event_id ? -1 : 1),
  );
  expect(explained.rows.map((row) => row['event_id'])).toEqual(inOrder.map((event) => event.event_id));
  for (const row of explained.rows) {
    expect(row['counted']).toBe(row['reason'] === null);
    if (row['reason'] !== null) expect(REASONS).toContain(row['reason']);
  }
  await engine.store(own);
  return { ...explained, alone: await engine.rows(definition) };
}

/** More by WHY_RUNS; a strict funnel alone takes seconds to plan. */
const RUNS = Number(process.env['WHY_RUNS'] ?? 4);
/** One seed, the same logs. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 6);
const holds = (
  definition: fc.Arbitrary<Record<string, unknown>>,
  check: (one: Why & { alone: readonly Row[] }, definition: Record<string, unknown>) => void,
) =>
  fc.assert(
    fc.asyncProperty(log, definition, async (events, one) => {
      check(await both(events, one), one);
    }),
    { numRuns: RUNS, seed: SEED },
  );

const sum = (rows: readonly Row[], name: string): number =>
  rows.reduce((total, row) => total + Number(row[name] ?? 0), 0);

describe('why agrees with the analysis of a log that has this user only', () => {
  describe.each(['ordered', 'strict', 'any'])('funnel in %s order', (order) => {
    test('the level, and an event for every step of it', async () => {
      await holds(funnel(order, 'user'), ({ rows, verdict, alone }, definition) => {
        const level = alone.filter((row) => row['count'] === 1).length;
        expect(verdict['level']).toBe(level);
        const steps = definition['steps'] as unknown[];
        expect(verdict['reason'] === null).toBe(level === steps.length);
        const taken = rows.filter((row) => row['counted']).map((row) => String(row['role']));
        expect(taken.toSorted()).toEqual(Array.from({ length: level }, (_, index) => `step ${String(index + 1)}`));
      });
    }, 300_000);

    test.each(['session', { property: 'kind' }])(
      'units %j: a path for each',
      async (unit) => {
        await holds(funnel(order, unit), ({ rows, verdict, alone }) => {
          const levels = alone.map((row) => Number(row['count']));
          if (unit === 'session') {
            expect(Number(verdict['level'] ?? 0)).toBe(levels.filter((count) => count > 0).length);
            const counted = levels.map(
              (_, index) => rows.filter((row) => row['counted'] && row['role'] === `step ${String(index + 1)}`).length,
            );
            expect(counted).toEqual(levels);
          } else
            expect(Number(verdict['level'] ?? 0)).toBeGreaterThanOrEqual(levels.filter((count) => count > 0).length);
        });
      },
      300_000,
    );
  });

  test('retention: the cells, and an event for each', async () => {
    const selection = fc.record({ event: fc.constantFrom('view', 'cart'), filters }, { requiredKeys: [] });
    const definition = completed(
      fc
        .record(
          {
            analysis: fc.constant('retention'),
            start: selection,
            return: selection,
            period: fc.constantFrom('day', 'week', 'month'),
            cohort: fc.constantFrom('first_ever', 'recurring'),
            mode: fc.constantFrom('on', 'on', 'on_or_after', 'bracket'),
          },
          { requiredKeys: ['analysis', 'mode'] },
        )
        .map((one) =>
          one.mode === 'bracket'
            ? {
                ...one,
                brackets: [
                  [0, 0],
                  [1, 7],
                  [29, 30],
                ],
              }
            : one,
        ),
    );
    await holds(definition, ({ rows, verdict, alone }, { mode, cohort, start, return: back }) => {
      const cells = alone.filter((row) => row['cohort'] !== null && row['count'] === 1);
      expect(verdict['level']).toBe(cells.length);
      const isIn = alone.some((row) => row['cohort'] !== null);
      expect(verdict['cell'] !== null).toBe(isIn);
      expect(rows.some((row) => row['role'] === 'start')).toBe(isIn);
      if (mode !== 'on' || cohort === 'recurring') return;
      const isPlain = [start, back].every(
        (one) => Object.values((one as object | undefined) ?? {}).flat().length === 0,
      );
      const periods = new Set(
        rows
          .filter((row) => row['role'] === 'return' || (isPlain && row['role'] === 'start'))
          .map((row) => row['cell']),
      );
      // An event that starts and returns says so by its start; it returns in no later period.
      expect(cells.map((row) => `period ${String(row['period'])}`).filter((cell) => !periods.has(cell))).toEqual([]);
    });
  }, 300_000);

  test('sessions: how many, and an event in each', async () => {
    const definition = completed(
      fc.record({ analysis: fc.constant('sessions'), gap_seconds: fc.constantFrom(0.001, 1800) }),
    );
    await holds(definition, ({ rows, verdict, alone }) => {
      const total = alone.find((row) => row['time'] === null);
      expect(verdict['level']).toBe(total?.['sessions'] ?? 0);
      expect(new Set(rows.filter((row) => row['counted']).map((row) => row['role'])).size).toBe(verdict['level']);
    });
  }, 300_000);

  test('engagement: views, and orphans as orphans', async () => {
    await holds(completed(fc.record({ analysis: fc.constant('engagement') })), ({ rows, verdict, alone }) => {
      expect(verdict['level']).toBe(sum(alone, 'views'));
      expect(rows.filter((row) => row['counted'] && row['event'] === 'content_view')).toHaveLength(sum(alone, 'views'));
    });
  }, 300_000);

  test('revenue: orders and net', async () => {
    const definition = completed(
      fc.record({ analysis: fc.constant('revenue'), interval: fc.constantFrom('day', 'month') }),
    );
    await holds(definition, ({ verdict, alone }) => {
      const totals = alone.filter((row) => row['time'] === null);
      expect(verdict['level']).toBe(sum(totals, 'orders'));
      const nets = totals.map((row) => `${String(row['currency'])} ${String(row['net'])}`).toSorted();
      expect(verdict['cell']).toBe(nets.length === 0 ? null : nets.join('; '));
    });
  }, 300_000);

  test('trend: counted events', async () => {
    const definition = completed(
      fc.record({
        analysis: fc.constant('trend'),
        interval: fc.constant('month'),
        series: fc.constant([{ event: 'view' }, { event: 'cart', filters: kindIs('a') }]),
      }),
    );
    await holds(definition, ({ verdict, alone }) => {
      expect(verdict['level']).toBe(sum(alone, 'value'));
    });
  }, 300_000);

  test('paths: edges', async () => {
    const definition = completed(
      fc.record(
        { analysis: fc.constant('paths'), start: fc.constantFrom('view', 'cart'), depth: fc.constantFrom(2, 3, 5) },
        { requiredKeys: ['analysis', 'depth'] },
      ),
    );
    await holds(definition, ({ verdict, alone }) => {
      expect(verdict['level']).toBe(sum(alone, 'count'));
    });
  }, 300_000);

  test('lifecycle: the state in each active interval', async () => {
    const definition = completed(
      fc.record({ analysis: fc.constant('lifecycle'), interval: fc.constantFrom('day', 'week') }),
    );
    await holds(definition, ({ rows, alone }) => {
      for (const row of rows.filter((one) => one['counted'])) {
        const interval = alone.find((one) => one['time'] === row['cell']);
        expect(interval?.[String(row['role'])]).toBe(1);
      }
    });
  }, 300_000);

  test('activity: the days', async () => {
    await holds(completed(fc.record({ analysis: fc.constant('activity') })), ({ rows, alone }) => {
      const days = new Set(rows.filter((row) => row['counted']).map((row) => row['cell']));
      expect(alone.filter((row) => row['dau'] === 1).map((row) => row['time'])).toEqual([...days]);
    });
  }, 300_000);

  test('segments: segment and reason', async () => {
    await holds(
      completed(fc.record({ analysis: fc.constant('segments'), members: fc.constant(true) })),
      ({ verdict, alone }) => {
        expect(verdict['segment']).toBe(alone[0]?.['segment'] ?? null);
        expect(verdict['reason']).toBe(alone[0]?.['reason'] ?? 'no_event');
      },
    );
  }, 300_000);

  test('experiment: variant and values', async () => {
    const definition = completed(
      fc.record({
        analysis: fc.constant('experiment'),
        experiment: fc.constant('e'),
        control: fc.constantFrom('A', 'B'),
        window_seconds: fc.constantFrom(0.003, 86_400),
        metrics: fc.constant([
          { name: 'bought', type: 'conversion', event: 'purchase' },
          { name: 'revenue', type: 'mean', event: 'purchase', measure: { sum: 'amount' } },
        ]),
      }),
    );
    await holds(definition, ({ verdict, alone }, { control }) => {
      const [conversion, mean] = alone;
      if (verdict['reason'] !== null) {
        expect(verdict['values']).toBeNull();
        expect(sum(alone, 'users_control') + sum(alone, 'users_variant')).toBe(0);
      } else if (verdict['variant'] !== control) {
        // The user alone is the variant; the control is empty and makes a row all the same.
        const numbers = [conversion?.['value_variant'], mean?.['value_variant']].map((value) => String(value));
        expect(verdict['values']).toBe(`bought ${numbers[0] ?? ''}; revenue ${numbers[1] ?? ''}`);
      } else expect(verdict['values']).toMatch(/^bought [01]; revenue /);
    });
  }, 300_000);
});
