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
const BASE = Date.UTC(2025, 0, 1);
const USER = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const iso = (at: number): string => new Date(at).toISOString();

interface Visit {
  readonly user: number;
  readonly day: number;
}

const store = (visits: readonly Visit[]): Promise<void> =>
  engine.store(
    visits.map(({ user, day }, index): TestEvent => ({
      event_id: `${index.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
      event_type: 'page_view',
      user_id: USER(user),
      timestamp: iso(BASE + day * DAY + 1000 * index),
    })),
  );

/** The contract's rules in its own words, for one user as of a day. */
function segmentOf(days: readonly number[], as: number): string | undefined {
  const first = Math.min(...days);
  if (first > as) return undefined;
  if (first >= as - 6 && first <= as) return 'new';
  if (!days.some((day) => day >= as - 13 && day <= as)) return 'churn_risk';
  if (new Set(days.filter((day) => day >= as - 27 && day <= as)).size >= 12) return 'power';
  return 'casual';
}

function plain(visits: readonly Visit[]): unknown[][] {
  const days = visits.map((one) => one.day);
  const users = [...new Set(visits.map((one) => one.user))];
  const rows: unknown[][] = [];
  if (visits.length === 0) return rows;
  for (let day = Math.min(...days); day <= Math.max(...days); day++)
    for (const segment of ['casual', 'churn_risk', 'new', 'power']) {
      const isIn = (user: number): boolean =>
        segmentOf(
          visits.filter((one) => one.user === user).map((one) => one.day),
          day,
        ) === segment;
      rows.push([iso(BASE + day * DAY), segment, users.filter(isIn).length]);
    }
  return rows;
}

const sizes = async (definition: object = {}): Promise<unknown[][]> =>
  (await engine.rows({ analysis: 'segments', ...definition })).map(({ time, segment, users }) => [
    time,
    segment,
    users,
  ]);

describe('segments', () => {
  test('the edges of the rules: seven, fourteen and twelve of twenty-eight days', async () => {
    const daily = Array.from({ length: 12 }, (_, index) => ({ user: 1, day: index * 2 }));
    await store([...daily, { user: 2, day: 0 }, { user: 3, day: 30 }]);
    const rows = await sizes();
    const on = (day: number): unknown[] => rows.filter(([time]) => time === iso(BASE + day * DAY)).map((row) => row[2]);
    expect(on(6)).toEqual([0, 0, 2, 0]); // casual, churn_risk, new, power
    expect(on(7)).toEqual([2, 0, 0, 0]);
    expect(on(13)).toEqual([2, 0, 0, 0]);
    expect(on(14)).toEqual([1, 1, 0, 0]);
    expect(on(22)).toEqual([0, 1, 0, 1]);
    expect(on(27)).toEqual([0, 1, 0, 1]);
    expect(on(28)).toEqual([1, 1, 0, 0]);
  });

  test('members of a day, page by page', async () => {
    await store([
      { user: 1, day: 0 },
      { user: 2, day: 20 },
      { user: 3, day: 1 },
    ]);
    const definition = { analysis: 'segments', members: true, limit: 2 };
    const first = await engine.rows(definition);
    expect(first).toEqual([
      {
        user_id: USER(1),
        segment: 'churn_risk',
        last_active: iso(BASE),
        active_days: 1,
        reason: 'no event in the last 14 days',
      },
      {
        user_id: USER(2),
        segment: 'new',
        last_active: iso(BASE + 20 * DAY + 1000),
        active_days: 1,
        reason: 'first event in the last 7 days',
      },
    ]);
    expect((await engine.rows({ ...definition, after: USER(2) })).map((row) => row['user_id'])).toEqual([USER(3)]);
    expect((await engine.rows({ ...definition, segment: 'new' })).map((row) => row['user_id'])).toEqual([USER(2)]);
  });

  test('random logs agree with a plain loop', async () => {
    const visit = fc.record({ user: fc.integer({ min: 1, max: 4 }), day: fc.integer({ min: 0, max: 45 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(visit, { maxLength: 60 }), async (visits) => {
        await store(visits);
        expect(await sizes()).toEqual(plain(visits));
      }),
      { numRuns: 25 },
    );
  });
});
