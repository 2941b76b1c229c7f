import type { AnalyticsEvent } from '@suuupra/contracts';
import { expect, test } from 'vitest';
import { defaultUsers, simulate, type SimulationOptions, type SimulationSummary } from './simulate.ts';

interface Taken {
  readonly event: AnalyticsEvent;
  /** When it was sent by the clock of this machine. */
  readonly at: number;
}

async function run(
  options: Omit<SimulationOptions, 'openSink'>,
): Promise<{ taken: Taken[]; summary: SimulationSummary }> {
  const taken: Taken[] = [];
  const summary = await simulate({
    ...options,
    openSink: () =>
      Promise.resolve({
        send: (event) => Promise.resolve(void taken.push({ event, at: Date.now() })),
        flush: () => Promise.resolve(),
      }),
  });
  return { taken, summary };
}

test('the past ends where live production begins, and nothing is dated in the future', async () => {
  const { taken, summary } = await run({
    seed: 'x',
    days: 1,
    eventsPerDay: 3_000,
    users: 400,
    rate: 200,
    seconds: 1.5,
  });
  const { past, live } = summary;
  if (past === null || live === null) throw new Error('both were asked for');
  expect(past.until).toBe(live.from);
  expect(past.events).toBeGreaterThan(1_000);
  expect(live.events).toBeGreaterThan(15);
  taken.forEach(({ event: { timestamp }, at }, n) => {
    expect(Date.parse(timestamp)).toBeLessThan(at + 1);
    if (n < past.events) expect(timestamp < past.until).toBe(true);
    else expect(timestamp >= live.from && timestamp < live.until).toBe(true);
  });
  expect(new Set(taken.map(({ event }) => event.event_id)).size).toBe(taken.length);
  expect(summary.events).toBe(taken.length);
});

test('live production that is started again repeats no id', async () => {
  const options = { seed: 'x', users: 300, rate: 25, seconds: 2 };
  const first = await run(options);
  const second = await run(options);
  const ids = [...first.taken, ...second.taken].map(({ event }) => event.event_id);
  expect(first.taken.length).toBeGreaterThan(15);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the past begins with a whole day of UTC and is the same for the same end', async () => {
  const options = { seed: 'x', days: 2, until: Date.UTC(2026, 2, 3, 12), eventsPerDay: 2_000, users: 300 };
  const first = await run(options);
  expect(first.summary.past).toMatchObject({ from: '2026-03-01T00:00:00.000Z', until: '2026-03-03T12:00:00.000Z' });
  const second = await run(options);
  expect(second.taken.map(({ event }) => event)).toEqual(first.taken.map(({ event }) => event));
});

test('an interruption ends it in order, with what was sent so far', async () => {
  const interrupt = new AbortController();
  const { taken, summary } = await run({
    seed: 'x',
    days: 5,
    eventsPerDay: 3_000,
    users: 300,
    rate: 10,
    signal: interrupt.signal,
    onProgress: ({ events }) => {
      if (events === 2_000) interrupt.abort();
    },
  });
  expect(summary).toMatchObject({ interrupted: true, live: null, events: taken.length });
  expect(taken.length).toBeGreaterThanOrEqual(2_000);
  expect(taken.length).toBeLessThan(4_000);
});

test.each([
  [{}, 'Nothing to simulate'],
  [{ rate: 1, until: 0 }, 'An end is for past days'],
])('%j is refused before anything is opened', async (options, reason) => {
  await expect(run({ seed: 'x', ...options })).rejects.toMatchObject({
    code: 'usage_invalid',
    message: expect.stringContaining(reason) as string,
  });
});

test('the number of users follows the number of events', () => {
  expect([10, 20_000, 10 ** 9].map(defaultUsers)).toEqual([100, 4_000, 20_000]);
});
