/** What must hold of the answers whatever the data: no second implementation is needed to see that it does not. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Engine, type Row } from '../testing/engine.ts';
import { store } from './differential.ts';
import type { Event } from './definition.ts';
import { log } from './random/logs.ts';
import { ZONES } from './random/values.ts';

const SEED = 6;
const LOGS = 25;

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
  await engine.command('SET max_threads = 1');
}, 120_000);
afterAll(() => {
  engine.stop();
});

/** Calls `check` with random logs, each stored, and a timezone. */
async function onRandomLogs(check: (events: readonly Event[], timezone: string) => Promise<void>): Promise<void> {
  const universe = fc.tuple(log, fc.constantFrom(...ZONES));
  for (const [events, timezone] of fc.sample(universe, { numRuns: LOGS, seed: SEED })) {
    await store(engine, events);
    await check(events, timezone);
  }
}

const number = (row: Row | undefined, name: string): number => Number(row?.[name]);
const total = (rows: readonly Row[], name: string): number => rows.reduce((sum, row) => sum + number(row, name), 0);
const distinct = (events: readonly Event[], of: (event: Event) => string): number => new Set(events.map(of)).size;

const STEPS = [{ event: 'a' }, { event: 'b' }, { event: 'a' }];

test.for(['ordered', 'strict', 'any'])(
  'levels of a funnel never rise, and those of the values of a breakdown add up to the overall: %s order',
  { timeout: 600_000 },
  async (order) => {
    await onRandomLogs(async (_, timezone) => {
      const funnel = { analysis: 'funnel', steps: STEPS, order, breakdown: 'plan', timezone };
      const rows = await engine.rows(funnel);
      for (const [index, row] of rows.entries())
        if (row['step'] !== 1) expect(number(row, 'count')).toBeLessThanOrEqual(number(rows[index - 1], 'count'));
      for (const step of [1, 2, 3]) {
        const ofStep = rows.filter((row) => row['step'] === step);
        const ofValues = ofStep.filter((row) => row['breakdown'] !== null);
        expect(total(ofValues, 'count')).toBe(number(ofStep[0], 'count'));
      }
    });
  },
);

test('a strict funnel goes no deeper than an ordered one, and an ordered one no deeper than any order', async () => {
  await onRandomLogs(async () => {
    const counts = async (order: string): Promise<number[]> =>
      (await engine.rows({ analysis: 'funnel', steps: STEPS, order })).map((row) => number(row, 'count'));
    const [strict, ordered, any] = [await counts('strict'), await counts('ordered'), await counts('any')];
    for (const [index, count] of ordered.entries()) {
      expect(strict[index]).toBeLessThanOrEqual(count);
      expect(count).toBeLessThanOrEqual(any[index] ?? 0);
    }
  });
}, 600_000);

test('those who return and those who do not are yesterday’s active users', async () => {
  await onRandomLogs(async (_, timezone) => {
    const active = await engine.rows({ analysis: 'activity', timezone });
    const days = await engine.rows({ analysis: 'lifecycle', timezone });
    expect(days.map((row) => row['time'])).toEqual(active.map((row) => row['time']));
    for (const [index, row] of days.entries()) {
      const yesterday = index === 0 ? 0 : number(active[index - 1], 'dau');
      expect(number(row, 'returning') + number(row, 'dormant')).toBe(yesterday);
      const today = number(row, 'new') + number(row, 'returning') + number(row, 'resurrecting');
      expect(today).toBe(number(active[index], 'dau'));
    }
  });
}, 600_000);

test('every user is new once, and active users of more days are no fewer', async () => {
  await onRandomLogs(async (events, timezone) => {
    const users = distinct(events, ({ user_id }) => user_id);
    expect(total(await engine.rows({ analysis: 'lifecycle', timezone }), 'new')).toBe(users);
    for (const row of await engine.rows({ analysis: 'activity', timezone })) {
      expect(number(row, 'dau')).toBeLessThanOrEqual(number(row, 'wau'));
      expect(number(row, 'wau')).toBeLessThanOrEqual(number(row, 'mau'));
    }
  });
}, 600_000);

test('retention on or after a period never rises, and is no less than on it', async () => {
  await onRandomLogs(async (_, timezone) => {
    const retention = { analysis: 'retention', timezone, period: 'week', start: { event: 'a' } };
    const on = await engine.rows({ ...retention, mode: 'on' });
    const after = await engine.rows({ ...retention, mode: 'on_or_after' });
    expect(after.map(({ cohort, period, size }) => [cohort, period, size])).toEqual(
      on.map(({ cohort, period, size }) => [cohort, period, size]),
    );
    for (const [index, row] of after.entries()) {
      expect(number(row, 'count')).toBeGreaterThanOrEqual(number(on[index], 'count'));
      if (row['cohort'] !== null && row['period'] !== 0)
        expect(number(row, 'count')).toBeLessThanOrEqual(number(after[index - 1], 'count'));
    }
  });
}, 600_000);

test('every user is in one cohort of first events', async () => {
  await onRandomLogs(async (events, timezone) => {
    const rows = await engine.rows({ analysis: 'retention', timezone, period: 'month' });
    const cohorts = rows.filter((row) => row['cohort'] !== null && row['period'] === 0);
    expect(total(cohorts, 'size')).toBe(distinct(events, ({ user_id }) => user_id));
    for (const row of cohorts) expect(row['count']).toBe(row['size']);
  });
}, 600_000);

test('sessions cover all events, and those of the days are those of the total', async () => {
  await onRandomLogs(async (events, timezone) => {
    const [all, ...days] = await engine.rows({ analysis: 'sessions', timezone });
    const covered = (rows: readonly (Row | undefined)[]): number =>
      rows.reduce(
        (sum, row) => sum + Math.round(number(row, 'sessions') * Number(row?.['events_per_session'] ?? 0)),
        0,
      );
    const stored = distinct(events, ({ event_id }) => event_id);
    expect(covered([all])).toBe(stored);
    expect(covered(days)).toBe(stored);
    expect(total(days, 'sessions')).toBe(number(all, 'sessions'));
    expect(total(days, 'bounces')).toBe(number(all, 'bounces'));
  });
}, 600_000);

test('segments hold every user once from the day of the first event on', async () => {
  await onRandomLogs(async (events, timezone) => {
    const rows = await engine.rows({ analysis: 'segments', timezone });
    const known = await engine.rows({ analysis: 'lifecycle', timezone });
    let users = 0;
    for (const day of known) {
      users += number(day, 'new');
      const ofDay = rows.filter((row) => row['time'] === day['time']);
      expect(total(ofDay, 'users')).toBe(users);
    }
    expect(users).toBe(distinct(events, ({ user_id }) => user_id));
  });
}, 600_000);

test('money of the intervals is that of the total, refunds apart', async () => {
  await onRandomLogs(async (_, timezone) => {
    const rows = await engine.rows({ analysis: 'revenue', timezone });
    const millionths = (text: unknown): bigint => {
      const [whole = '', fraction = ''] = String(text).split('.');
      return BigInt(whole + fraction.padEnd(20, '0'));
    };
    for (const of of rows.filter((row) => row['time'] === null))
      for (const column of ['gross', 'refunds', 'net']) {
        const days = rows.filter((row) => row['time'] !== null && row['currency'] === of['currency']);
        const sum = days.reduce((all, row) => all + millionths(row[column]), 0n);
        expect(sum).toBe(millionths(of[column]));
      }
  });
}, 600_000);

test('values of a broken down trend add up to its total', async () => {
  await onRandomLogs(async (_, timezone) => {
    const definition = { analysis: 'trend', series: [{}], interval: 'week', breakdown: 'device', limit: 2, timezone };
    const rows = await engine.rows(definition);
    for (const of of rows.filter((row) => row['breakdown'] === null)) {
      const values = rows.filter((row) => row['breakdown'] !== null && row['time'] === of['time']);
      expect(total(values, 'value')).toBe(of['value']);
    }
  });
}, 600_000);
