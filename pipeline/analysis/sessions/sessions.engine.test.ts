import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Engine, type Row, type TestEvent } from '../testing/engine.ts';
import { quantile } from '../evaluator/numbers.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

const DAY = 86_400_000;
const BASE = Date.UTC(2025, 2, 1);
const USER = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const iso = (at: number): string => new Date(at).toISOString();

interface Seen {
  readonly user: number;
  readonly at: number;
}

const toEvent = ({ user, at }: Seen, index: number): TestEvent => ({
  event_id: `${index.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
  event_type: 'page_view',
  user_id: USER(user),
  timestamp: iso(at),
});

/** The contract as a plain loop, in UTC. */
function plain(events: readonly Seen[], gap = 1800, from = -Infinity, to = Infinity): Row[] {
  const sessions: { start: number; end: number; events: number }[] = [];
  for (const user of new Set(events.map((one) => one.user))) {
    let open: (typeof sessions)[number] | undefined;
    for (const at of events
      .filter((one) => one.user === user)
      .map((one) => one.at)
      .sort((a, b) => a - b)) {
      if (open === undefined || at - open.end > gap * 1000) sessions.push((open = { start: at, end: at, events: 0 }));
      open.end = at;
      open.events++;
    }
  }
  const chosen = sessions.filter(({ start }) => start >= from && start < to);
  const row = (time: string | null, list: typeof sessions): Row => {
    const durations = list.map(({ start, end }) => (end - start) / 1000);
    const bounces = list.filter((one) => one.events === 1).length;
    const per = (sum: number): number | null => (list.length === 0 ? null : sum / list.length);
    return {
      time,
      sessions: list.length,
      bounces,
      bounce_rate: per(bounces),
      median_duration_seconds: quantile(durations, 0.5),
      p90_duration_seconds: quantile(durations, 0.9),
      mean_duration_seconds: per(durations.reduce((sum, one) => sum + one, 0)),
      events_per_session: per(list.reduce((sum, one) => sum + one.events, 0)),
    };
  };
  const inRange = events.filter(({ at }) => at >= from && at < to).map(({ at }) => Math.floor(at / DAY));
  const rows = [row(null, chosen)];
  if (inRange.length === 0) return rows;
  for (let day = Math.min(...inRange); day <= Math.max(...inRange); day++)
    rows.push(
      row(
        iso(day * DAY),
        chosen.filter(({ start }) => Math.floor(start / DAY) === day),
      ),
    );
  return rows;
}

function expectClose(rows: readonly Row[], wanted: readonly Row[]): void {
  expect(rows.map((row) => row['time'])).toEqual(wanted.map((row) => row['time']));
  for (const [index, row] of rows.entries())
    for (const [name, got] of Object.entries(row)) {
      const want = wanted[index]?.[name];
      if (typeof got === 'number' && typeof want === 'number') expect(got).toBeCloseTo(want, 9);
      else expect({ [name]: got }).toEqual({ [name]: want });
    }
}

describe('sessions', () => {
  test('exactly thirty minutes do not end a session, a millisecond more does; midnight does not', async () => {
    const start = BASE + DAY - 60_000;
    const events = [0, 1_800_000, 3_600_001].map((after) => ({ user: 1, at: start + after }));
    await engine.store(events.map(toEvent));
    const rows = await engine.rows({ analysis: 'sessions' });
    expect(rows.map(({ time, sessions, bounces }) => [time, sessions, bounces])).toEqual([
      [null, 2, 1],
      ['2025-03-01T00:00:00.000Z', 1, 0],
      ['2025-03-02T00:00:00.000Z', 1, 1],
    ]);
    expect(rows[1]).toMatchObject({ median_duration_seconds: 1800, events_per_session: 2 });
  });

  test('without events there is only a total of nothing', async () => {
    await engine.store([]);
    expectClose(await engine.rows({ analysis: 'sessions' }), plain([]));
  });

  test('the day is that of the timezone', async () => {
    await engine.store([toEvent({ user: 1, at: Date.UTC(2025, 2, 1, 23, 30) }, 1)]);
    const rows = await engine.rows({ analysis: 'sessions', timezone: 'Europe/Berlin' });
    expect(rows.map((row) => row['time'])).toEqual([null, '2025-03-01T23:00:00.000Z']);
  });

  test('random logs agree with a plain loop', async () => {
    const seen = fc.record({
      user: fc.integer({ min: 1, max: 3 }),
      at: fc
        .tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 2 }))
        .map(([steps, more]) => BASE + steps * 1_800_000 + more),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(seen, { maxLength: 40 }),
        fc.constantFrom(undefined, 3600, 0),
        fc.option(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 2, max: 5 })), { nil: undefined }),
        async (events, gap, days) => {
          await engine.store(events.map(toEvent));
          const range = days?.map((day) => BASE + day * DAY) ?? [];
          const [from, to] = range.map(iso);
          const definition = { analysis: 'sessions', ...(from && to ? { from, to } : {}) };
          const rows = await engine.rows(gap === undefined ? definition : { ...definition, gap_seconds: gap });
          expectClose(rows, plain(events, gap ?? 1800, ...range));
        },
      ),
      { numRuns: 40 },
    );
  });
});
