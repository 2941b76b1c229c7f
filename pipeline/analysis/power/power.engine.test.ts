import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { normalize } from '../compile.ts';
import { Engine, type Row, type TestEvent } from '../testing/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

const BASE = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;
const hex = (number: number): string => number.toString(16).padStart(12, '0');
let events = 0;
const event = (user: number, event_type: string, at: number, amount?: number): TestEvent => ({
  event_id: `00000000-0000-4000-8000-${hex(events++)}`,
  event_type,
  user_id: `00000000-0000-4000-8000-${hex(user)}`,
  timestamp: new Date(BASE + at).toISOString(),
  ...(amount === undefined ? {} : { properties: { amount } }),
});

async function ask(definition: object): Promise<Row> {
  const rows = await engine.rows({ analysis: 'power', ...definition });
  expect(rows).toHaveLength(1);
  return rows[0] ?? {};
}

describe('power from numbers', () => {
  beforeAll(() => engine.store([]));

  test('needs the 3841 users of the contract for 0.10 → 0.12, and finds that effect with them', async () => {
    const row = await ask({ baseline: 0.1, minimum_effect: 0.2, users_per_variant: 3841, daily_users: 500 });
    expect(row).toMatchObject({
      required_users_per_variant: 3841,
      required_users: 7682,
      days: 16,
      days_with_window: 23,
    });
    // scipy.optimize.brentq over the same formula: tests/golden/statistics.py.
    expect(row['detectable_effect']).toBeCloseTo(0.2, 4);
    expect(row['detectable_effect']).toBeLessThanOrEqual(0.2);
  });

  test('sizes means by their variance, and lets the smallest variant decide', async () => {
    // (1.959964 + 0.841621)² × 2 × 4 / 0.5² = 251.16
    const row = await ask({ baseline: 10, variance: 4, variants: 3, split: [2, 1, 1], daily_users: 100 });
    expect(row).toMatchObject({ required_users_per_variant: 252, required_users: 1008, days: 11 });
  });

  test('knows no days without users, and no effect of a baseline of nothing', async () => {
    expect(await ask({ baseline: 0 })).toMatchObject({
      required_users_per_variant: null,
      days: null,
      daily_users: null,
      detectable_effect: null,
    });
    expect(await ask({ baseline: 0.99, minimum_effect: 0.05 })).toMatchObject({ required_users_per_variant: null });
  });
});

describe('power from data', () => {
  const window = { window_seconds: 3600, as_of: new Date(BASE + 3 * DAY).toISOString() };

  test('measures the metric as an experiment would, and who comes per day', async () => {
    // 10 users over 2 days; 4 buy within the hour, one too late.
    await engine.store([
      ...Array.from({ length: 10 }, (_, user) => event(user, 'view', (user / 9) * 2 * DAY)),
      ...[0, 3, 6].map((user) => event(user, 'buy', (user / 9) * 2 * DAY + 1000, 5)),
      event(9, 'buy', 2 * DAY + 3_600_000, 25),
      event(1, 'buy', (1 / 9) * 2 * DAY + 3_600_001, 100),
    ]);
    const bought = await ask({
      ...window,
      metric: { name: 'bought', type: 'conversion', event: 'buy' },
      exposure: { event: 'view' },
    });
    expect(bought).toMatchObject({ metric: 'bought', users: 10, baseline: 0.4, daily_users: 5 });
    expect(bought['variance']).toBeCloseTo(0.24, 12);
    const spent = await ask({
      ...window,
      metric: { name: 'spent', type: 'mean', event: 'buy', measure: { sum: 'amount' } },
      exposure: { event: 'view' },
    });
    // 5, 5, 5, 25 and six times 0: mean 4, sum of squares 700, variance (700 − 160) / 9.
    expect(spent).toMatchObject({ users: 10, baseline: 4, variance: 60 });
  });

  test('leaves out users whose window is not over, but counts them as coming', async () => {
    await engine.store([event(1, 'view', 0), event(2, 'view', DAY), event(3, 'view', 2 * DAY)]);
    const row = await ask({
      window_seconds: 86_400,
      metric: { name: 'm', type: 'mean', event: 'buy' },
      as_of: new Date(BASE + 2 * DAY).toISOString(),
    });
    expect(row).toMatchObject({
      users: 2,
      baseline: 0,
      variance: 0,
      daily_users: 1.5,
      required_users_per_variant: null,
    });
  });
});

test.each([
  [{}, 'metric'],
  [{ baseline: 1.5 }, 'baseline'],
  [{ baseline: 0.5, variants: 3, split: [1, 1] }, 'split'],
  [{ baseline: 0.5, metric: { name: 'm', type: 'mean', event: 'buy' } }, 'baseline'],
  [{ metric: { name: 'm', type: 'quantile', quantile: 0.5, event: 'buy' } }, 'metric.type'],
  [{ baseline: 0.5, power: 1 }, 'power'],
])('refuses %j for %s', (definition, path) => {
  expect(() => normalize({ analysis: 'power', ...definition })).toThrow(path);
});
