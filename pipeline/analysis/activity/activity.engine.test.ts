import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Engine, type TestEvent } from '../testing/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

const DAY = 86_400_000;
const BASE = Date.UTC(2025, 0, 6); // a Monday
const iso = (at: number): string => new Date(at).toISOString();

interface Visit {
  readonly user: number;
  /** Days after 6 January 2025, a Monday; a fraction is a time of day. */
  readonly day: number;
}

const store = (visits: readonly Visit[]): Promise<void> =>
  engine.store(
    visits.map(({ user, day }, index): TestEvent => ({
      event_id: `${index.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
      event_type: 'page_view',
      user_id: `00000000-0000-4000-8000-${user.toString(16).padStart(12, '0')}`,
      timestamp: iso(BASE + Math.round(day * DAY)),
    })),
  );

const rows = async (definition: Record<string, unknown>): Promise<unknown[][]> =>
  (await engine.rows(definition)).map(({ time, ...values }) => [
    (Date.parse(String(time)) - BASE) / DAY,
    ...Object.values(values),
  ]);

describe('activity', () => {
  test('every day from the first to the last has a row; spans of 7 and 30 days end on it and include it', async () => {
    await store([
      { user: 1, day: 0.1 },
      { user: 1, day: 0.9 },
      { user: 2, day: 1 },
      { user: 1, day: 8.5 },
    ]);
    expect(await rows({ analysis: 'activity' })).toEqual([
      [0, 1, 1, 1, 1],
      [1, 1, 2, 2, 0.5],
      [2, 0, 2, 2, 0],
      [3, 0, 2, 2, 0],
      [4, 0, 2, 2, 0],
      [5, 0, 2, 2, 0],
      [6, 0, 2, 2, 0],
      [7, 0, 1, 2, 0],
      [8, 1, 1, 2, 0.5],
    ]);
  });

  test('days before the range count in the spans, but have no row', async () => {
    await store([
      { user: 1, day: 0 },
      { user: 2, day: 29 },
      { user: 2, day: 30 },
    ]);
    expect(await rows({ analysis: 'activity', from: iso(BASE + 29 * DAY) })).toEqual([
      [29, 1, 1, 2, 0.5],
      [30, 1, 1, 1, 1],
    ]);
  });

  test('an empty store has no rows', async () => {
    await store([]);
    expect(await rows({ analysis: 'activity' })).toEqual([]);
    expect(await rows({ analysis: 'lifecycle' })).toEqual([]);
  });
});

describe('lifecycle', () => {
  test('new, returning, resurrecting and dormant', async () => {
    await store([
      { user: 1, day: 0 },
      { user: 1, day: 1 },
      { user: 1, day: 3 },
      { user: 2, day: 3.5 },
    ]);
    expect(await rows({ analysis: 'lifecycle' })).toEqual([
      [0, 1, 0, 0, 0],
      [1, 0, 1, 0, 0],
      [2, 0, 0, 0, 1],
      [3, 1, 0, 1, 0],
    ]);
  });

  test('new means ever, not in the range; filters make other events not exist', async () => {
    await store([
      { user: 1, day: 0 },
      { user: 1, day: 5 },
    ]);
    expect(await rows({ analysis: 'lifecycle', from: iso(BASE + 5 * DAY) })).toEqual([[5, 0, 0, 1, 0]]);
    const filters = [{ property: 'timestamp', op: 'gte', value: iso(BASE + DAY) }];
    expect(await rows({ analysis: 'lifecycle', filters })).toEqual([[5, 1, 0, 0, 0]]);
  });

  test('the same in weeks from Monday and in months', async () => {
    await store([
      { user: 1, day: 6.9 },
      { user: 1, day: 7 },
      { user: 2, day: 0 },
      { user: 2, day: 26 },
    ]);
    expect(await rows({ analysis: 'lifecycle', interval: 'week' })).toEqual([
      [0, 2, 0, 0, 0],
      [7, 0, 1, 0, 1],
      [14, 0, 0, 0, 1],
      [21, 0, 0, 1, 0],
    ]);
    expect(await rows({ analysis: 'lifecycle', interval: 'month' })).toEqual([
      [-5, 2, 0, 0, 0],
      [26, 0, 1, 0, 1],
    ]);
  });
});

describe('activity and lifecycle against plain loops', () => {
  const visit = fc.record({ user: fc.integer({ min: 1, max: 6 }), day: fc.integer({ min: 0, max: 45 }) });
  const range = fc.option(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 20, max: 46 })), {
    nil: undefined,
  });

  test('agree on random logs, and returning and dormant are those active the day before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(visit, { maxLength: 60, size: 'max' }), range, async (visits, days) => {
        await store(visits);
        const [from, to] = days ?? [-Infinity, Infinity];
        const limits = days === undefined ? {} : { from: iso(BASE + from * DAY), to: iso(BASE + to * DAY) };
        const inRange = visits.map(({ day }) => day).filter((day) => day >= from && day < to);
        const isActive = (user: number, first: number, last: number): boolean =>
          visits.some((one) => one.user === user && one.day >= first && one.day <= last);
        const users = [...new Set(visits.map(({ user }) => user))];
        const count = (test: (user: number) => boolean): number => users.filter(test).length;
        const activity: unknown[] = [];
        const lifecycle: unknown[] = [];
        for (let day = Math.min(...inRange); day <= Math.max(...inRange); day++) {
          const [dau, wau, mau] = [1, 7, 30].map((span) => count((user) => isActive(user, day - span + 1, day)));
          activity.push([day, dau, wau, mau, mau === 0 ? null : (dau ?? 0) / (mau ?? 0)]);
          const today = (user: number): boolean => isActive(user, day, day);
          const yesterday = (user: number): boolean => isActive(user, day - 1, day - 1);
          const isNew = (user: number): boolean => today(user) && !isActive(user, -Infinity, day - 1);
          const returning = count((user) => today(user) && yesterday(user));
          const dormant = count((user) => !today(user) && yesterday(user));
          lifecycle.push([
            day,
            count(isNew),
            returning,
            count((user) => today(user) && !yesterday(user) && !isNew(user)),
            dormant,
          ]);
          expect(returning + dormant).toBe(count(yesterday));
        }
        expect(await rows({ analysis: 'activity', ...limits })).toEqual(activity);
        expect(await rows({ analysis: 'lifecycle', ...limits })).toEqual(lifecycle);
      }),
      { numRuns: Number(process.env.ACTIVITY_RUNS ?? 30) },
    );
  }, 600_000);
});
