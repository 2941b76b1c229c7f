import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../compile.ts';
import { Engine, type Row, type TestEvent } from '../testing/engine.ts';
import { REASONS } from './reasons.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

const BASE = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;
const AS_OF = new Date(BASE + 40 * DAY).toISOString();
const USER = 'c0ffee00-0000-4000-8000-00000000000a';
const OTHER = '0ddba11a-0000-4000-8000-00000000000b';

const eventId = (id: number, index: number): string =>
  `${id.toString(16).padStart(8, '0')}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;

/** Few milliseconds, or few days: ties and edges everywhere. */
const offset = fc.oneof(
  fc.integer({ min: 0, max: 8 }),
  fc
    .tuple(fc.constantFrom(0, 1, 2, 6, 7, 8, 13, 14, 29, 30, 41), fc.constantFrom(0, 1, 1_800_000, 1_800_001))
    .map(([days, milliseconds]) => days * DAY + milliseconds),
);
const logOf = (style: fc.Arbitrary<number>) =>
  fc
    .array(
      fc.record({
        user: fc.constantFrom(USER, USER, USER, OTHER),
        at: style,
        event: fc.constantFrom(
          'view',
          'cart',
          'buy',
          'purchase',
          'content_view',
          'video_progress',
          'experiment_exposure',
        ),
        kind: fc.constantFrom('a', 'b', undefined),
        session: fc.constantFrom('s1', 's2', null),
        amount: fc.constantFrom(10, -5, 0.1, undefined),
        variant: fc.constantFrom('A', 'A', 'A', 'B'),
        id: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
      }),
      { maxLength: 24, size: 'max' },
    )
    .map((events) =>
      events.map(({ user, at, event, kind, session, amount, variant, id }, index): TestEvent => ({
        event_id: eventId(id, index),
        event_type: event,
        user_id: user,
        session_id: session,
        content_id: kind ?? null,
        timestamp: new Date(BASE + at).toISOString(),
        properties: {
          ...(kind === undefined ? {} : { kind }),
          ...(event === 'purchase' && amount !== undefined
            ? { amount, currency: kind ?? '', order_id: String(id) }
            : {}),
          ...(event === 'video_progress' ? { watch_time_seconds: 9, duration_seconds: 10 } : {}),
          ...(event === 'experiment_exposure' ? { experiment_key: 'e', variant } : {}),
        },
      })),
    );
const log = fc.oneof(logOf(fc.integer({ min: 0, max: 8 })), logOf(offset));

const kindIs = (kind: string | undefined) => (kind === undefined ? [] : [{ property: 'kind', op: 'eq', value: kind }]);
const step = fc
  .tuple(fc.constantFrom('view', 'cart', 'buy'), fc.constantFrom('a', undefined))
  .map(([event, kind]) => ({ event, filters: kindIs(kind) }));
const range = fc.constantFrom(
  {},
  { from: new Date(BASE + 2).toISOString() },
  { from: new Date(BASE).toISOString(), to: new Date(BASE + 7 * DAY).toISOString() },
);
const filters = fc.constantFrom([], [], kindIs('a'));

const common = fc.record({ filters }).chain((one) => range.map((bounds) => ({ as_of: AS_OF, ...one, ...bounds })));
const with_ = (definition: fc.Arbitrary<object>) =>
  fc.tuple(common, definition).map(([shared, own]): Record<string, unknown> => ({ ...shared, ...own }));

const funnel = (order: string, unit: unknown) =>
  with_(
    fc.record({
      analysis: fc.constant('funnel'),
      order: fc.constant(order),
      unit: fc.constant(unit),
      steps: fc.array(step, { minLength: 2, maxLength: 4 }),
      window_seconds: fc.constantFrom(0.001, 0.003, 86_400),
      exclusions: fc.constantFrom([], order === 'any' ? [] : [{ event: 'purchase', after_step: 1, before_step: 2 }]),
    }),
  );

interface Why {
  readonly rows: readonly Row[];
  readonly verdict: Row;
}

async function why(of: unknown, user = USER): Promise<Why> {
  const compiled = compile({ analysis: 'why', of, user });
  const [verdict] = compiled.meta === undefined ? [] : await engine.query(compiled.meta);
  expect(verdict).toBeDefined();
  return { rows: await engine.query(compiled), verdict: verdict ?? {} };
}

/** The answer about the user out of the whole log, and the rows of the analysis over a log of this user only. */
async function both(events: readonly TestEvent[], definition: unknown): Promise<Why & { alone: readonly Row[] }> {
  await engine.store(events);
  const explained = await why(definition);
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

describe('why by hand', () => {
  const at = (id: number, seconds: number, event: string): TestEvent => ({
    event_id: eventId(id, 0),
    event_type: event,
    user_id: USER,
    timestamp: new Date(BASE + seconds * 1000).toISOString(),
  });

  test('says of each event of the funnel in docs/analyses.md what became of it', async () => {
    await engine.store([
      at(1, 0, 'view'),
      at(2, 50, 'view'),
      at(3, 100, 'cart'),
      at(4, 130, 'buy'),
      at(5, 131, 'noise'),
    ]);
    const steps = [{ event: 'view' }, { event: 'cart' }, { event: 'buy' }];
    const { rows, verdict } = await why({ analysis: 'funnel', steps, window_seconds: 60 });
    expect(rows.map(({ event, role, counted, reason }) => [event, role, counted, reason])).toEqual([
      ['view', null, false, 'shorter_path'],
      ['view', 'step 1', true, null],
      ['cart', 'step 2', true, null],
      ['buy', null, false, 'window_expired'],
      ['noise', null, false, 'other_event'],
    ]);
    expect(verdict).toMatchObject({ level: 2, reason: 'window_expired' });
  });

  test('finds the first step of any order also where another event begins the window', async () => {
    await engine.store([at(1, 4, 'buy'), at(2, 5, 'cart')]);
    const steps = [{ event: 'cart' }, { event: 'buy' }];
    const { rows, verdict } = await why({ analysis: 'funnel', order: 'any', steps, window_seconds: 1 });
    expect(rows.map(({ event, role }) => [event, role])).toEqual([
      ['buy', 'step 2'],
      ['cart', 'step 1'],
    ]);
    expect(verdict).toMatchObject({ level: 2, reason: null });
  });

  test('names the variants, the exposure and the window of an experiment', async () => {
    const exposure = (id: number, seconds: number, variant: string): TestEvent => ({
      ...at(id, seconds, 'experiment_exposure'),
      properties: { experiment_key: 'e', variant },
    });
    const of = {
      analysis: 'experiment',
      experiment: 'e',
      control: 'A',
      window_seconds: 60,
      metrics: [{ name: 'bought', type: 'conversion', event: 'buy' }],
    };
    const log = [at(1, 0, 'buy'), exposure(2, 10, 'B'), exposure(3, 20, 'B'), at(4, 70, 'buy'), at(5, 71, 'buy')];
    await engine.store(log);
    const once = await why(of);
    expect(once.rows.map(({ role, reason }) => [role, reason])).toEqual([
      [null, 'before_exposure'],
      ['exposure', null],
      ['exposure', 'repeated'],
      ['metric bought', null],
      [null, 'window_expired'],
    ]);
    expect(once.verdict).toMatchObject({ variant: 'B', reason: null, values: 'bought 1' });
    await engine.store([...log, exposure(6, 90, 'A')]);
    const mixed = await why(of);
    expect(new Set(mixed.rows.map((row) => row['reason']))).toEqual(new Set(['both_variants']));
    expect(mixed.verdict).toMatchObject({ reason: 'both_variants', values: null });
  });

  test('has no rows and a reason for a user that is not there', async () => {
    await engine.store([at(1, 0, 'view')]);
    for (const of of [
      { analysis: 'sessions' },
      { analysis: 'revenue' },
      { analysis: 'segments' },
      { analysis: 'activity' },
      { analysis: 'retention' },
      { analysis: 'funnel', steps: [{ event: 'view' }, { event: 'cart' }] },
    ]) {
      const { rows, verdict } = await why(of, OTHER);
      expect(rows).toEqual([]);
      expect(verdict['reason']).toBe('no_event');
    }
  });
});

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
    const definition = with_(
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
    const definition = with_(
      fc.record({ analysis: fc.constant('sessions'), gap_seconds: fc.constantFrom(0.001, 1800) }),
    );
    await holds(definition, ({ rows, verdict, alone }) => {
      const total = alone.find((row) => row['time'] === null);
      expect(verdict['level']).toBe(total?.['sessions'] ?? 0);
      expect(new Set(rows.filter((row) => row['counted']).map((row) => row['role'])).size).toBe(verdict['level']);
    });
  }, 300_000);

  test('engagement: views, and orphans as orphans', async () => {
    await holds(with_(fc.record({ analysis: fc.constant('engagement') })), ({ rows, verdict, alone }) => {
      expect(verdict['level']).toBe(sum(alone, 'views'));
      expect(rows.filter((row) => row['counted'] && row['event'] === 'content_view')).toHaveLength(sum(alone, 'views'));
    });
  }, 300_000);

  test('revenue: orders and net', async () => {
    const definition = with_(
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
    const definition = with_(
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
    const definition = with_(
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
    const definition = with_(
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
    await holds(with_(fc.record({ analysis: fc.constant('activity') })), ({ rows, alone }) => {
      const days = new Set(rows.filter((row) => row['counted']).map((row) => row['cell']));
      expect(alone.filter((row) => row['dau'] === 1).map((row) => row['time'])).toEqual([...days]);
    });
  }, 300_000);

  test('segments: segment and reason', async () => {
    await holds(
      with_(fc.record({ analysis: fc.constant('segments'), members: fc.constant(true) })),
      ({ verdict, alone }) => {
        expect(verdict['segment']).toBe(alone[0]?.['segment'] ?? null);
        expect(verdict['reason']).toBe(alone[0]?.['reason'] ?? 'no_event');
      },
    );
  }, 300_000);

  test('experiment: variant and values', async () => {
    const definition = with_(
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
