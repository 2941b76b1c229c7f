import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Engine, type TestEvent } from '../testing/engine.ts';
import { wilson } from '../testing/wilson.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

const uuid = (kind: number, number: number): string =>
  `${number.toString(16).padStart(8, '0')}-0000-4000-8000-${kind.toString(16).padStart(12, '0')}`;

interface Visit {
  readonly user: number;
  readonly time: string;
  readonly type?: string;
}

const store = (visits: readonly Visit[]): Promise<void> =>
  engine.store(
    visits.map(({ user, time, type = 'page_view' }, index): TestEvent => ({
      event_id: uuid(1, index),
      event_type: type,
      user_id: uuid(2, user),
      timestamp: time.length === 10 ? `${time}T12:00:00.000Z` : time,
    })),
  );

const cells = async (definition: Record<string, unknown>): Promise<unknown[]> =>
  (await engine.rows({ analysis: 'retention', ...definition })).map((row) => [
    typeof row.cohort === 'string' ? row.cohort.slice(0, 16) : row.cohort,
    ...(row.period === undefined ? [row.from_day, row.to_day] : [row.period]),
    row.count,
    row.size,
    row.complete,
  ]);

describe('retention', () => {
  // Users 1 and 2 begin on Monday the 6th, user 3 on the 7th; the data ends on the 13th.
  const visits: readonly Visit[] = [
    { user: 1, time: '2025-01-06' },
    { user: 1, time: '2025-01-07' },
    { user: 1, time: '2025-01-09' },
    { user: 2, time: '2025-01-06' },
    { user: 2, time: '2025-01-13' },
    { user: 3, time: '2025-01-07' },
    { user: 3, time: '2025-01-08' },
  ];

  test('counts who is active in each period after the first, pooled over the cohorts that have the period', async () => {
    await store(visits);
    expect(await cells({ periods: 2 })).toEqual([
      [null, 0, 3, 3, true],
      [null, 1, 2, 3, true],
      [null, 2, 0, 3, true],
      ['2025-01-06T00:00', 0, 2, 2, true],
      ['2025-01-06T00:00', 1, 1, 2, true],
      ['2025-01-06T00:00', 2, 0, 2, true],
      ['2025-01-07T00:00', 0, 1, 1, true],
      ['2025-01-07T00:00', 1, 1, 1, true],
      ['2025-01-07T00:00', 2, 0, 1, true],
    ]);
  });

  test('has no row for a period wholly after the end of the data, and pools only cohorts that have the row', async () => {
    await store(visits);
    const rows = await cells({});
    expect(rows.filter((row) => (row as unknown[])[1] === 7)).toEqual([
      [null, 7, 1, 2, true],
      ['2025-01-06T00:00', 7, 1, 2, true],
    ]);
    expect(rows.filter((row) => (row as unknown[])[1] === 8)).toEqual([]);
  });

  test('on_or_after counts a user in every period up to the last active one', async () => {
    await store(visits);
    expect(await cells({ mode: 'on_or_after', to: '2025-01-07' })).toEqual([
      ...[null, '2025-01-06T00:00'].flatMap((cohort) =>
        [2, 2, 2, 2, 1, 1, 1, 1].map((count, period) => [cohort, period, count, 2, true]),
      ),
    ]);
  });

  test('a week that the end of the data cuts is not complete', async () => {
    await store(visits);
    expect(await cells({ period: 'week' })).toEqual([
      [null, 0, 3, 3, true],
      [null, 1, 1, 3, false],
      ['2025-01-06T00:00', 0, 3, 3, true],
      ['2025-01-06T00:00', 1, 1, 3, false],
    ]);
  });

  test('as_of ends the data', async () => {
    await store(visits);
    expect(await cells({ as_of: '2025-01-07' })).toEqual([
      [null, 0, 3, 3, true],
      [null, 1, 1, 2, true],
      ['2025-01-06T00:00', 0, 2, 2, true],
      ['2025-01-06T00:00', 1, 1, 2, true],
      ['2025-01-07T00:00', 0, 1, 1, true],
    ]);
  });

  test('with other than default events period 0 needs a return event besides the start, at or after it', async () => {
    await store([
      { user: 1, time: '2025-01-06T10:00:00.000Z', type: 'signup' },
      { user: 1, time: '2025-01-06T09:59:59.999Z', type: 'purchase' },
      { user: 2, time: '2025-01-06T10:00:00.000Z', type: 'purchase' },
      { user: 2, time: '2025-01-06T10:00:00.000Z', type: 'signup' },
      { user: 3, time: '2025-01-06T10:00:00.000Z', type: 'signup' },
    ]);
    expect(await cells({ start: { event: 'signup' }, return: { event: 'purchase' } })).toEqual([
      [null, 0, 1, 3, true],
      ['2025-01-06T00:00', 0, 1, 3, true],
    ]);
    expect(await cells({ start: { event: 'signup' }, return: { event: 'signup' } })).toEqual([
      [null, 0, 0, 3, true],
      ['2025-01-06T00:00', 0, 0, 3, true],
    ]);
  });

  test('first ever is over all stored data, the range only says which cohorts are shown', async () => {
    await store(visits);
    expect(await cells({ from: '2025-01-07', periods: 0 })).toEqual([
      [null, 0, 1, 1, true],
      ['2025-01-07T00:00', 0, 1, 1, true],
    ]);
  });

  test('recurring: a user joins the cohort of every period with a start event', async () => {
    await store(visits);
    expect(await cells({ cohort: 'recurring', period: 'week' })).toEqual([
      [null, 0, 4, 4, false],
      [null, 1, 1, 3, false],
      ['2025-01-06T00:00', 0, 3, 3, true],
      ['2025-01-06T00:00', 1, 1, 3, false],
      ['2025-01-13T00:00', 0, 1, 1, false],
    ]);
  });

  test('brackets count calendar days from the first day of each user', async () => {
    await store(visits);
    expect(
      await cells({
        mode: 'bracket',
        period: 'week',
        brackets: [
          [1, 1],
          [2, 3],
          [7, 9],
          [8, 9],
        ],
      }),
    ).toEqual([
      ['2025-01-06T00:00', 1, 1, 2, 3, true],
      ['2025-01-06T00:00', 2, 3, 1, 3, false],
      ['2025-01-06T00:00', 7, 9, 1, 3, false],
    ]);
  });

  test('days are those of the timezone, months and daylight saving included', async () => {
    await store([
      { user: 1, time: '2025-03-29T22:59:59.999Z' },
      { user: 1, time: '2025-03-29T23:00:00.000Z' },
      { user: 1, time: '2025-03-30T21:59:59.999Z' },
      { user: 1, time: '2025-03-30T22:00:00.000Z' },
    ]);
    expect(await cells({ timezone: 'Europe/Berlin' })).toEqual([
      [null, 0, 1, 1, true],
      [null, 1, 1, 1, true],
      [null, 2, 1, 1, true],
      ['2025-03-28T23:00', 0, 1, 1, true],
      ['2025-03-28T23:00', 1, 1, 1, true],
      ['2025-03-28T23:00', 2, 1, 1, true],
    ]);
    expect(await cells({ timezone: 'Europe/Berlin', period: 'month' })).toEqual([
      [null, 0, 1, 1, true],
      ['2025-02-28T23:00', 0, 1, 1, true],
    ]);
  });

  test('an empty store has no rows', async () => {
    await store([]);
    expect(await cells({})).toEqual([]);
  });

  test('rates have the Wilson interval of the confidence asked for', async () => {
    await store(visits);
    const rows = await engine.rows({ analysis: 'retention', confidence: 0.9, periods: 1 });
    const { low, high } = wilson(2, 3, 1.6448536269514722);
    expect(rows[1]?.rate).toBeCloseTo(2 / 3, 14);
    expect(rows[1]?.rate_low).toBeCloseTo(low, 12);
    expect(rows[1]?.rate_high).toBeCloseTo(high, 12);
  });
});

describe('retention against plain loops', () => {
  const DAY = 86_400_000;
  const BASE = Date.UTC(2025, 0, 1);
  const periodOf = (at: number, period: string): number => {
    const day = Math.floor(at / DAY);
    if (period === 'day') return day;
    if (period === 'week') return Math.floor((day + 3) / 7);
    const date = new Date(at);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };
  const firstDay = (number: number, period: string): number => {
    if (period === 'day') return number;
    return period === 'week' ? number * 7 - 3 : Date.UTC(Math.floor(number / 12), number % 12) / DAY;
  };
  interface Event {
    readonly user: number;
    readonly at: number;
    readonly type: string;
    readonly id: string;
  }
  const pick = fc.constantFrom(undefined, 'a', 'b');
  const caseOf = fc.record({
    events: fc.array(
      fc.record({
        user: fc.integer({ min: 1, max: 12 }),
        // Half-day steps: ties in one millisecond, days and weeks apart.
        half: fc.integer({ min: 0, max: 100 }),
        type: fc.constantFrom('a', 'b', 'c'),
      }),
      { maxLength: 60, size: 'max' },
    ),
    start: pick,
    back: pick,
    period: fc.constantFrom('day', 'week', 'month'),
    cohort: fc.constantFrom('first_ever', 'recurring'),
    mode: fc.constantFrom('on', 'on_or_after'),
    periods: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
  });

  test('agrees on random logs', async () => {
    await fc.assert(
      fc.asyncProperty(caseOf, async ({ events: drawn, start, back, period, cohort, mode, periods }) => {
        const events = drawn.map((one, index): Event => ({
          user: one.user,
          at: BASE + (one.half * DAY) / 2,
          type: one.type,
          id: uuid(1, index),
        }));
        await engine.store(
          events.map((one) => ({
            event_id: one.id,
            event_type: one.type,
            user_id: uuid(2, one.user),
            timestamp: new Date(one.at).toISOString(),
          })),
        );
        const asOf = Math.max(...events.map((one) => one.at));
        const isStart = (one: Event): boolean => start === undefined || one.type === start;
        const isBack = (one: Event): boolean => back === undefined || one.type === back;
        const sizes = new Map<number, number>();
        const counts = new Map<string, number>();
        for (let user = 1; user <= 12; user++) {
          const own = events.filter((one) => one.user === user).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
          const seen = new Set<number>();
          for (const first of own.filter(isStart)) {
            const home = periodOf(first.at, period);
            if (seen.has(home) || (cohort === 'first_ever' && seen.size > 0)) continue;
            seen.add(home);
            sizes.set(home, (sizes.get(home) ?? 0) + 1);
            const isDefault = start === undefined && back === undefined;
            for (let n = 0; n <= 60; n++) {
              const isIn = (one: Event): boolean => {
                const number = periodOf(one.at, period);
                const matches = mode === 'on' ? number === home + n : number >= home + n;
                if (!matches || !isBack(one)) return false;
                return number > home || isDefault || (one !== first && one.at >= first.at);
              };
              if (own.some(isIn))
                counts.set(`${String(home)} ${String(n)}`, (counts.get(`${String(home)} ${String(n)}`) ?? 0) + 1);
            }
          }
        }
        const lastDay = Math.floor(asOf / DAY);
        const expected: unknown[] = [];
        for (const home of [...sizes.keys()].sort((a, b) => a - b))
          for (let n = 0; firstDay(home + n, period) <= lastDay && n <= (periods ?? Infinity); n++)
            expected.push([
              new Date(firstDay(home, period) * DAY).toISOString(),
              n,
              counts.get(`${String(home)} ${String(n)}`) ?? 0,
              sizes.get(home),
              firstDay(home + n + 1, period) - 1 <= lastDay,
            ]);
        const definition = {
          analysis: 'retention',
          start: { event: start },
          return: { event: back },
          period,
          cohort,
          mode,
          periods,
        };
        const rows = await engine.rows(JSON.parse(JSON.stringify(definition)));
        const shown = rows
          .filter((row) => row.cohort !== null)
          .map((row) => [row.cohort, row.period, row.count, row.size, row.complete]);
        expect(shown).toEqual(expected);
      }),
      { numRuns: Number(process.env.RETENTION_RUNS ?? 60) },
    );
  }, 600_000);
});
