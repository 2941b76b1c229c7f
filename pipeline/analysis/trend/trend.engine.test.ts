import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DefinitionError, normalize } from '../index.ts';
import { Engine, type Row, type TestEvent } from '../testing/engine.ts';
import { quantile } from '../evaluator/numbers.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

interface Seen {
  readonly user?: number;
  readonly time: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, string | number | boolean | undefined>>;
}

/** Properties as JSON has them: what is undefined is not there. */
const withoutGaps = (properties: NonNullable<Seen['properties']>): NonNullable<TestEvent['properties']> =>
  JSON.parse(JSON.stringify(properties)) as NonNullable<TestEvent['properties']>;

const store = (seen: readonly Seen[]): Promise<void> =>
  engine.store(
    seen.map(({ user = 1, time, type = 'page_view', properties = {} }, index): TestEvent => ({
      event_id: `${index.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
      event_type: type,
      user_id: `00000000-0000-4000-8000-${user.toString(16).padStart(12, '0')}`,
      timestamp: time,
      properties: withoutGaps(properties),
    })),
  );

const rows = (definition: Record<string, unknown>): Promise<Row[]> => engine.rows({ analysis: 'trend', ...definition });
const brief = (all: readonly Row[]): unknown[] => all.map((row) => Object.values(row));

describe('trend', () => {
  test('empty intervals are rows: 0 for counts and sums, null for all others', async () => {
    await store([
      { time: '2025-01-01T10:00:00.000Z', properties: { x: 2 } },
      { time: '2025-01-03T10:00:00.000Z', user: 2, properties: { x: 4 } },
      { time: '2025-01-03T11:00:00.000Z', user: 2, properties: { x: 'four' } },
    ]);
    const measures = [
      'count',
      'unique_users',
      'per_user',
      ...['sum', 'avg', 'min', 'max', 'p90'].map((of) => ({ [of]: 'x' })),
    ];
    const answer = await rows({ series: measures.map((measure) => ({ measure })) });
    const values = (day: string): unknown[] =>
      answer.filter((row) => row.time === `${day}T00:00:00.000Z`).map((row) => row.value);
    expect(values('2025-01-01')).toEqual([1, 1, 1, 2, 2, 2, 2, 2]);
    expect(values('2025-01-02')).toEqual([0, 0, null, 0, null, null, null, null]);
    expect(values('2025-01-03')).toEqual([2, 1, 2, 4, 4, 4, 4, 4]);
    expect(answer.map((row) => row.series).slice(0, 8)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']);
  });

  test('a breakdown without any value has the rows of the total', async () => {
    await store([{ time: '2024-01-01T10:00:00.000Z' }]);
    const answer = await rows({ series: [{}], breakdown: 'device', from: '2025-01-01', to: '2025-01-03' });
    expect(brief(answer)).toEqual([
      ['A', null, '2025-01-01T00:00:00.000Z', 0],
      ['A', null, '2025-01-02T00:00:00.000Z', 0],
    ]);
  });

  test('a value that only the earlier range has is shown as any other', async () => {
    await store([{ time: '2025-01-01T10:00:00.000Z', properties: { device: 'tv' } }]);
    const range = { from: '2025-01-02', to: '2025-01-03', compare: 'previous' };
    const answer = await rows({ series: [{}], breakdown: 'device', ...range });
    expect(brief(answer)).toEqual([
      ['A', null, null, '2025-01-02T00:00:00.000Z', 0],
      ['A', null, 'previous', '2025-01-02T00:00:00.000Z', 1],
      ['A', 'tv', null, '2025-01-02T00:00:00.000Z', 0],
      ['A', 'tv', 'previous', '2025-01-02T00:00:00.000Z', 1],
    ]);
  });

  test('a formula divides by zero to null', async () => {
    await store([
      { time: '2025-01-01T10:00:00.000Z' },
      { time: '2025-01-01T10:00:00.000Z', type: 'purchase' },
      { time: '2025-01-02T10:00:00.000Z', type: 'purchase' },
    ]);
    const answer = await rows({ series: [{ event: 'purchase' }, { event: 'page_view' }], formula: '100 * A / B' });
    const formula = answer.filter((row) => row.series === 'formula');
    expect(formula.map((row) => row.value)).toEqual([100, null]);
  });

  test('money is added exactly and stays decimal', async () => {
    await store(
      Array.from({ length: 10 }, () => ({
        time: '2025-01-01T10:00:00.000Z',
        type: 'purchase',
        properties: { amount: 0.1 },
      })),
    );
    expect(brief(await rows({ series: [{ event: 'purchase', measure: { sum: 'amount' } }] }))).toEqual([
      ['A', null, '2025-01-01T00:00:00.000Z', '1'],
    ]);
    expect(brief(await rows({ series: [{ measure: { avg: 'amount' } }] }))).toEqual([
      ['A', null, '2025-01-01T00:00:00.000Z', 0.1],
    ]);
  });

  test('the values with most events have rows of their own, the rest is other, and the overall includes it', async () => {
    const at = '2025-01-01T10:00:00.000Z';
    const kinds = ['b', 'b', 'b', 'a', 'a', 'c', 'd', ''];
    await store(kinds.map((kind) => ({ time: at, properties: kind === '' ? {} : { kind } })));
    const answer = await rows({ series: [{}], breakdown: 'kind', limit: 2 });
    expect(answer.map((row) => [row.breakdown, row.value])).toEqual([
      [null, 8],
      ['a', 2],
      ['b', 3],
      ['other', 3],
    ]);
    const all = await rows({ series: [{}], breakdown: 'kind' });
    expect(all.map((row) => row.breakdown)).toEqual([null, '', 'a', 'b', 'c', 'd']);
  });

  test('the range before is laid over the range, days by the calendar of the timezone', async () => {
    // Berlin's clock is set forward on 30 March: that day has 23 hours.
    await store([
      { time: '2025-03-28T22:59:59.999Z' },
      { time: '2025-03-28T23:00:00.000Z' },
      { time: '2025-03-29T23:00:00.000Z' },
      { time: '2025-03-30T22:00:00.000Z' },
    ]);
    const definition = {
      series: [{}],
      timezone: 'Europe/Berlin',
      from: '2025-03-30',
      to: '2025-04-01',
      compare: 'previous',
    };
    expect(brief(await rows(definition))).toEqual([
      ['A', null, null, '2025-03-29T23:00:00.000Z', 1],
      ['A', null, 'previous', '2025-03-29T23:00:00.000Z', 1],
      ['A', null, null, '2025-03-30T22:00:00.000Z', 1],
      ['A', null, 'previous', '2025-03-30T22:00:00.000Z', 1],
    ]);
  });

  test('whole months are compared with as many months before, and with those of a year ago', async () => {
    await store([
      { time: '2024-02-29T12:00:00.000Z' },
      { time: '2025-01-31T12:00:00.000Z' },
      { time: '2025-02-28T12:00:00.000Z' },
    ]);
    const months = { series: [{}], interval: 'month', from: '2025-02-01', to: '2025-03-01' };
    expect((await rows({ ...months, compare: 'previous' })).map((row) => row.value)).toEqual([1, 1]);
    expect((await rows({ ...months, compare: 'year' })).map((row) => row.value)).toEqual([1, 1]);
  });

  test('without events there are rows only where the range says which', async () => {
    await store([]);
    expect(await rows({ series: [{}] })).toEqual([]);
    expect((await rows({ series: [{}], from: '2025-01-01', to: '2025-01-03' })).map((row) => row.value)).toEqual([
      0, 0,
    ]);
  });

  test.each([
    [{ series: [{}], formula: 'A + B' }, 'formula'],
    [{ series: [{}], limit: 3 }, 'limit'],
    [{ series: [{}], compare: 'year', to: '2025-01-01' }, 'from'],
    [{ series: [{}], interval: 'minute', from: '2020-01-01', to: '2025-01-01' }, 'interval'],
    [{ series: [{ measure: { p80: 'x' } }] }, 'series.0.measure'],
    [{ series: [] }, 'series'],
  ])('%j is refused at %s', (definition, path) => {
    const attempt = (): unknown => normalize({ analysis: 'trend', ...definition });
    expect(attempt).toThrow(DefinitionError);
    try {
      attempt();
    } catch (error) {
      expect((error as DefinitionError).faults.map((fault) => fault.path)).toEqual([path]);
    }
  });
});

describe('trend against plain loops', () => {
  const HOUR = 3_600_000;
  const BASE = Date.UTC(2025, 0, 1);
  const event = fc.record({
    user: fc.integer({ min: 1, max: 4 }),
    half: fc.integer({ min: 0, max: 60 }),
    type: fc.constantFrom('a', 'b'),
    x: fc.constantFrom(1, 2.5, -3, 'text', undefined),
  });
  const measure = fc.constantFrom('count', 'unique_users', 'per_user', 'sum', 'avg', 'min', 'max', 'median', 'p95');

  test('agrees on random logs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 40, size: 'max' }),
        fc.array(fc.record({ type: fc.constantFrom('a', 'b', undefined), measure }), { minLength: 1, maxLength: 3 }),
        async (events, series) => {
          await store(
            events.map(({ user, half, type, x }) => ({
              user,
              type,
              time: new Date(BASE + (half * HOUR) / 2).toISOString(),
              properties: x === undefined ? {} : { x },
            })),
          );
          const hours = events.map(({ half }) => Math.floor(half / 2));
          const expected: unknown[] = [];
          for (let hour = Math.min(...hours); hour <= Math.max(...hours); hour++)
            for (const { type, measure: of } of series) {
              const group = events.filter(
                (one) => Math.floor(one.half / 2) === hour && (type ?? one.type) === one.type,
              );
              const users = new Set(group.map(({ user }) => user)).size;
              const xs = group.map(({ x }) => x).filter((x) => typeof x === 'number');
              const sum = xs.reduce((all, x) => all + x, 0);
              const orNull = (value: number): number | null => (xs.length === 0 ? null : value);
              const values: Record<string, number | null> = {
                count: group.length,
                unique_users: users,
                per_user: users === 0 ? null : group.length / users,
                sum,
                avg: orNull(sum / xs.length),
                min: orNull(Math.min(...xs)),
                max: orNull(Math.max(...xs)),
                median: quantile(xs, 0.5),
                p95: quantile(xs, 0.95),
              };
              expected.push(values[of]);
            }
          const definition = series.map(({ type, measure: of }) => ({
            ...(type === undefined ? {} : { event: type }),
            measure: ['count', 'unique_users', 'per_user'].includes(of) ? of : { [of]: 'x' },
          }));
          const answer = await rows({ series: definition, interval: 'hour' });
          const rounded = (value: unknown): unknown =>
            typeof value === 'number' ? Number(value.toPrecision(12)) : value;
          expect(answer.map((row) => rounded(row.value))).toEqual(expected.map(rounded));
        },
      ),
      { numRuns: Number(process.env.TREND_RUNS ?? 40) },
    );
  }, 600_000);
});
