import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Engine, type Row, type TestEvent } from '../testing/engine.ts';

/** Each edge rule of the contract, worked by hand; random funnels: evaluator/differential-cohorts.engine.test.ts. */
let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

const BASE = Date.UTC(2025, 0, 1);
const iso = (milliseconds: number): string => new Date(BASE + milliseconds).toISOString();

interface Seen {
  readonly type: string;
  /** Milliseconds after the base. */
  readonly at: number;
  readonly user?: number;
  readonly session?: string;
  readonly kind?: string | number | boolean;
}

/** Stores events whose identifiers order as the list does. */
const store = (seen: readonly Seen[]): Promise<void> =>
  engine.store(
    seen.map(({ type, at, user = 1, session, kind }, index): TestEvent => ({
      event_id: `${index.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
      event_type: type,
      user_id: `00000000-0000-4000-8000-${String(user).padStart(12, '0')}`,
      timestamp: iso(at),
      session_id: session ?? null,
      properties: kind === undefined ? {} : { kind },
    })),
  );

/** Events of user 1, written `type@milliseconds`. */
const log = (text: string): Seen[] =>
  text.split(' ').map((one) => {
    const [type = '', at] = one.split('@');
    return { type, at: Number(at) };
  });

const VIEW_CART = [{ event: 'view' }, { event: 'cart' }];
const rows = (more: Record<string, unknown> = {}): Promise<Row[]> =>
  engine.rows({ analysis: 'funnel', steps: VIEW_CART, window_seconds: 60, ...more });
const counts = async (more: Record<string, unknown> = {}): Promise<unknown[]> =>
  (await rows(more)).map((row) => row['count']);

describe('the window', () => {
  test.each([
    ['view@0 cart@60000', [1, 1]],
    ['view@0 cart@60001', [1, 0]],
    ['view@0 view@1 cart@60001', [1, 1]],
  ])('%s reaches %j', async (events, reached) => {
    await store(log(events));
    expect(await counts()).toEqual(reached);
  });

  test('runs from the first step, not from the step before', async () => {
    await store(log('view@0 cart@40000 buy@70000'));
    expect(await counts({ steps: [...VIEW_CART, { event: 'buy' }] })).toEqual([1, 1, 0]);
  });

  test('the entry lies in the range, and later steps are followed past it', async () => {
    await store([...log('view@0 cart@2000'), { type: 'view', at: 1000, user: 2 }]);
    expect(await counts({ from: iso(0), to: iso(1000) })).toEqual([1, 1]);
    expect(await counts({ from: iso(1), to: iso(1001) })).toEqual([1, 0]);
  });

  test('as_of is the end of the data', async () => {
    await store(log('view@0 cart@2000'));
    expect(await counts({ as_of: iso(1999) })).toEqual([1, 0]);
  });
});

describe('ordered', () => {
  test.each([
    ['of one millisecond counts as in order, whatever the identifiers', 'cart@5 view@5', [1, 1]],
    ['before the entry does not count', 'cart@4 view@5', [1, 0]],
    ['of any other kind may lie between', 'view@0 other@1 cart@2', [1, 1]],
  ])('an event %s', async (_, events, reached) => {
    await store(log(events));
    expect(await counts()).toEqual(reached);
  });

  test('one event does not serve two steps', async () => {
    await store(log('view@0 view@1'));
    const steps = [{ event: 'view' }, { event: 'view' }, { event: 'view' }];
    expect(await counts({ steps })).toEqual([1, 1, 0]);
  });

  test('a later start goes deeper than an earlier one, and a user counts once', async () => {
    await store(log('view@0 view@50000 cart@100000'));
    const [, second] = await rows();
    expect(second).toMatchObject({ count: 1, median_seconds_from_first: 50, p90_seconds_from_previous: 50 });
  });
});

describe('strict', () => {
  test.each([
    ['view@0 view@1 cart@2', [1, 1]],
    ['view@0 other@1 cart@2', [1, 0]],
    ['view@0 other@0 cart@2', [1, 1]],
    ['view@0 other@2 cart@2', [1, 1]],
    ['cart@0 view@0', [1, 1]],
  ])('%s reaches %j', async (events, reached) => {
    await store(log(events));
    expect(await counts({ order: 'strict' })).toEqual(reached);
  });

  test('the deepest of the paths from a start counts, not the one that begins earliest', async () => {
    await store(log('view@0 cart@0 cart@1 buy@2'));
    expect(await counts({ order: 'strict', steps: [...VIEW_CART, { event: 'buy' }] })).toEqual([1, 1, 1]);
  });
});

describe('any', () => {
  test.each([
    ['cart@0 view@60000', [1, 1]],
    ['cart@0 view@60001', [1, 0]],
    ['cart@0', [0, 0]],
  ])('%s reaches %j', async (events, reached) => {
    await store(log(events));
    expect(await counts({ order: 'any' })).toEqual(reached);
  });

  test('times run from the earliest event, and there are none from the step before', async () => {
    await store([...log('cart@0 view@3000')]);
    const [, second] = await rows({ order: 'any' });
    expect(second).toMatchObject({ median_seconds_from_first: 0, median_seconds_from_previous: null });
  });
});

describe('exclusions', () => {
  const exclusions = [{ event: 'leave', after_step: 1, before_step: 2 }];

  test.each([
    ['view@0 leave@1 cart@2', [0, 0]],
    ['view@0 leave@0 cart@2', [1, 1]],
    ['view@0 leave@2 cart@2', [1, 1]],
    ['view@0 leave@1', [1, 0]],
    ['view@0 leave@1 cart@2 view@3 cart@4', [1, 1]],
  ])('%s reaches %j', async (events, reached) => {
    await store(log(events));
    expect(await counts({ exclusions })).toEqual(reached);
  });
});

describe('units and breakdowns', () => {
  test('a session is of one user, and events without one belong to none', async () => {
    await store([
      { type: 'view', at: 0, session: 's' },
      { type: 'cart', at: 1, session: 't' },
      { type: 'view', at: 2, user: 2, session: 's' },
      { type: 'cart', at: 3, user: 2, session: 's' },
      { type: 'view', at: 4, user: 3 },
    ]);
    expect(await counts({ unit: 'session' })).toEqual([2, 1]);
    expect(await counts({ unit: 'user' })).toEqual([3, 2]);
  });

  test('a unit has the value of its first event, a missing one is empty, and the values add up', async () => {
    await store([
      { type: 'view', at: 0, kind: 'a' },
      { type: 'cart', at: 1, kind: 'b' },
      { type: 'view', at: 0, user: 2 },
      { type: 'view', at: 0, user: 3, kind: true },
      { type: 'view', at: 0, user: 4, kind: 'true' },
      { type: 'view', at: 0, user: 5, kind: 1.5 },
    ]);
    const answer = await rows({ breakdown: 'kind' });
    expect(answer.map(({ breakdown, step, count }) => [breakdown, step, count])).toEqual([
      [null, 1, 5],
      [null, 2, 1],
      ['', 1, 1],
      ['', 2, 0],
      ['1.5', 1, 1],
      ['1.5', 2, 0],
      ['a', 1, 1],
      ['a', 2, 1],
      ['true', 1, 2],
      ['true', 2, 0],
    ]);
  });

  test('filters run first: what they leave out does not part strict steps', async () => {
    await store([
      { type: 'view', at: 0, kind: 'a' },
      { type: 'other', at: 1 },
      { type: 'cart', at: 2, kind: 'a' },
    ]);
    expect(await counts({ order: 'strict' })).toEqual([1, 0]);
    const filters = [{ property: 'kind', op: 'eq', value: 'a' }];
    expect(await counts({ order: 'strict', filters })).toEqual([1, 1]);
  });
});

describe('rows', () => {
  test('rates with Wilson’s interval, and times over those who reach a step', async () => {
    await store([
      ...[1, 2, 3, 4].map((user): Seen => ({ type: 'view', at: 0, user })),
      { type: 'cart', at: 1000, user: 1 },
      { type: 'cart', at: 4000, user: 2 },
    ]);
    const [first, second] = await rows();
    expect(first).toMatchObject({ count: 4, from_first: 1, from_previous: 1, median_seconds_from_first: null });
    expect(first?.['from_first_low']).toBeCloseTo(0.5101091635454027, 12);
    expect(second).toMatchObject({ step: 2, event: 'cart', count: 2, from_first: 0.5, median_seconds_from_first: 2.5 });
    expect(second?.['p90_seconds_from_previous']).toBeCloseTo(3.7, 12);
    expect(second?.['from_previous_low']).toBeCloseTo(0.15003898915214953, 12);
    expect(second?.['from_previous_high']).toBeCloseTo(0.8499610108478505, 12);
  });

  test('nobody: counts of 0 and no rates', async () => {
    await store(log('other@0'));
    const [first] = await rows();
    expect(first).toMatchObject({ count: 0, from_first: null, from_first_low: null, from_previous: null });
  });
});
