import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Engine, type Row, type TestEvent } from '../testing/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

const HOUR = 3_600_000;
const BASE = Date.UTC(2025, 2, 1);
const iso = (at: number): string => new Date(at).toISOString();

interface Paid {
  readonly user: number;
  readonly hour: number;
  readonly kind: 'purchase' | 'page_view';
  /** In cents. */
  readonly cents?: number | undefined;
  readonly currency?: string | undefined;
  readonly order?: string | undefined;
}

const toEvent = (one: Paid, index: number): TestEvent => ({
  event_id: `${index.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
  event_type: one.kind,
  user_id: `00000000-0000-4000-8000-${String(one.user).padStart(12, '0')}`,
  timestamp: iso(BASE + one.hour * HOUR),
  properties: {
    ...(one.cents === undefined ? {} : { amount: one.cents / 100 }),
    ...(one.currency === undefined ? {} : { currency: one.currency }),
    ...(one.order === undefined ? {} : { order_id: one.order }),
  },
});

const decimal = (cents: number): string => (cents / 100).toFixed(2).replace(/\.?0+$/, '');
const sum = (of: readonly number[]): number => of.reduce((total, one) => total + one, 0);

/** The contract as a plain loop over whole cents, by days of UTC. */
function plain(events: readonly Paid[]): Row[] {
  const rows: Row[] = [];
  const dayOf = (one: Paid): number => Math.floor(one.hour / 24);
  const days = [null, ...[...new Set(events.map(dayOf))].sort((a, b) => a - b)];
  for (const day of days) {
    const ofDay = events.filter((one) => day === null || dayOf(one) === day);
    const paid = ofDay.filter((one) => one.kind === 'purchase');
    for (const currency of [...new Set(paid.map((one) => one.currency ?? ''))].sort()) {
      const mine = paid.filter((one) => (one.currency ?? '') === currency);
      const cents = mine.map((one) => one.cents ?? 0);
      const [gross, refunds] = [sum(cents.filter((one) => one > 0)), -sum(cents.filter((one) => one < 0))];
      const kept = mine.filter((one) => one.cents !== undefined && one.cents >= 0);
      const orders = new Set(kept.flatMap((one) => (one.order === undefined ? [] : [one.order]))).size;
      const buyers = new Set(kept.map((one) => one.user)).size;
      rows.push({
        time: day === null ? null : iso(BASE + day * 24 * HOUR),
        currency,
        gross: decimal(gross),
        refunds: decimal(refunds),
        net: decimal(gross - refunds),
        orders,
        buyers,
        aov: orders === 0 ? null : gross / 100 / orders,
        arpu: (gross - refunds) / 100 / new Set(ofDay.map((one) => one.user)).size,
        arppu: buyers === 0 ? null : (gross - refunds) / 100 / buyers,
      });
    }
  }
  return rows;
}

describe('revenue', () => {
  test('money is added exactly: a thousand times ten cents, and amounts of four places', async () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({
      user: index,
      hour: 1,
      kind: 'purchase' as const,
      cents: 10,
    }));
    await engine.store([
      ...many.map(toEvent),
      { ...toEvent({ user: 1, hour: 1, kind: 'purchase' }, 5000), properties: { amount: 0.0001, currency: 'EUR' } },
      { ...toEvent({ user: 1, hour: 1, kind: 'purchase' }, 5001), properties: { amount: 0.1234567, currency: 'EUR' } },
    ]);
    const rows = await engine.rows({ analysis: 'revenue' });
    expect(rows.map(({ time, currency, gross }) => [time, currency, gross])).toEqual([
      [null, '', '100'],
      [null, 'EUR', '0.1235567'],
      ['2025-03-01T00:00:00.000Z', '', '100'],
      ['2025-03-01T00:00:00.000Z', 'EUR', '0.1235567'],
    ]);
  });

  test('a refund counts on its own day, against no order and no buyer', async () => {
    await engine.store(
      [
        { user: 1, hour: 1, kind: 'purchase' as const, cents: 5000, currency: 'EUR', order: 'a' },
        { user: 1, hour: 30, kind: 'purchase' as const, cents: -2000, currency: 'EUR', order: 'a' },
        { user: 2, hour: 31, kind: 'page_view' as const },
      ].map(toEvent),
    );
    const rows = await engine.rows({ analysis: 'revenue', from: '2025-03-02', to: '2025-03-03' });
    const day = {
      currency: 'EUR',
      gross: '0',
      refunds: '20',
      net: '-20',
      orders: 0,
      buyers: 0,
      aov: null,
      arpu: -10,
      arppu: null,
    };
    expect(rows).toEqual([
      { time: null, ...day },
      { time: '2025-03-02T00:00:00.000Z', ...day },
    ]);
  });

  test('a purchase without an amount makes a row, and is no order and no buyer', async () => {
    await engine.store([toEvent({ user: 1, hour: 1, kind: 'purchase', order: 'a' }, 1)]);
    const rows = await engine.rows({ analysis: 'revenue' });
    const nothing = {
      currency: '',
      gross: '0',
      refunds: '0',
      net: '0',
      orders: 0,
      buyers: 0,
      aov: null,
      arpu: 0,
      arppu: null,
    };
    expect(rows).toEqual([
      { time: null, ...nothing },
      { time: '2025-03-01T00:00:00.000Z', ...nothing },
    ]);
  });

  test.each([
    ['hour', '2025-03-30T00:00:00.000Z'],
    ['week', '2025-03-23T23:00:00.000Z'],
    ['month', '2025-02-28T23:00:00.000Z'],
  ])('an interval of a %s begins by the calendar of the timezone', async (interval, start) => {
    await engine.store([
      { ...toEvent({ user: 1, hour: 0, kind: 'purchase', cents: 1 }, 1), timestamp: '2025-03-30T00:30:00.000Z' },
    ]);
    const rows = await engine.rows({ analysis: 'revenue', interval, timezone: 'Europe/Berlin' });
    expect(rows.map((row) => row['time'])).toEqual([null, start]);
  });

  test('a currency selects its rows and changes no number in them', async () => {
    await engine.store(
      [
        { user: 1, hour: 1, kind: 'purchase' as const, cents: 5000, currency: 'EUR', order: 'a' },
        { user: 2, hour: 2, kind: 'purchase' as const, cents: 700, currency: 'USD', order: 'b' },
        { user: 3, hour: 3, kind: 'page_view' as const },
      ].map(toEvent),
    );
    const all = await engine.rows({ analysis: 'revenue' });
    expect(await engine.rows({ analysis: 'revenue', currency: 'EUR' })).toEqual(
      all.filter(({ currency }) => currency === 'EUR'),
    );
    expect(await engine.rows({ analysis: 'revenue', currency: 'GBP' })).toEqual([]);
  });

  test('random purchases agree with a plain loop', async () => {
    const paid = fc.record({
      user: fc.integer({ min: 1, max: 4 }),
      hour: fc.integer({ min: 0, max: 100 }),
      kind: fc.constantFrom('purchase', 'purchase', 'page_view') as fc.Arbitrary<Paid['kind']>,
      cents: fc.option(fc.integer({ min: -5000, max: 9999 }), { nil: undefined }),
      currency: fc.constantFrom('EUR', 'USD', undefined),
      order: fc.constantFrom('a', 'b', 'c', undefined),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(paid, { maxLength: 40 }), async (events) => {
        await engine.store(events.map(toEvent));
        const rows = await engine.rows({ analysis: 'revenue' });
        const wanted = plain(events);
        expect(rows.map(({ time, currency }) => [time, currency])).toEqual(
          wanted.map(({ time, currency }) => [time, currency]),
        );
        for (const [index, row] of rows.entries())
          for (const [name, got] of Object.entries(row)) {
            const want = wanted[index]?.[name];
            if (typeof got === 'number' && typeof want === 'number') expect(got).toBeCloseTo(want, 9);
            else expect({ [name]: got }).toEqual({ [name]: want });
          }
      }),
      { numRuns: 40 },
    );
  });
});
