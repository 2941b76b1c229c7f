import { expect, test } from 'vitest';
import type { Definition, Event, Scalar } from './definition.ts';
import { evaluate } from './evaluate.ts';
import { passes } from './filters.ts';
import { decimalText, exact, quantile, wilson } from './numbers.ts';

const common = { timezone: 'UTC', filters: [], confidence: 0.95 } as const;

let ids = 0;
function event(event_type: string, timestamp: string, more: Partial<Event> = {}): Event {
  ids += 1;
  return { event_id: `e${String(ids).padStart(4, '0')}`, user_id: 'u1', event_type, timestamp, ...more };
}

const holds = (value: Scalar | undefined, op: string, expected?: Scalar): boolean =>
  passes(event('a', '2026-01-01T00:00:00.000Z', { properties: value === undefined ? {} : { p: value } }), [
    { property: 'p', op, ...(expected === undefined ? {} : { value: expected }) },
  ]);

test('equality never mixes types, and order of unequal types is that of bytes', () => {
  expect(holds(1, 'eq', 1)).toBe(true);
  expect(holds(1, 'eq', '1')).toBe(false);
  expect(holds(10, 'gt', 9)).toBe(true);
  expect(holds('10', 'gt', 9)).toBe(false);
  expect(holds('\u{ffff}', 'lt', '😀')).toBe(true);
});

test('a missing property passes only the negated operators', () => {
  for (const op of ['not_exists', 'neq', 'not_contains']) expect(holds(undefined, op, 'x')).toBe(true);
  for (const op of ['exists', 'eq', 'gt', 'lte', 'contains', 'starts_with', 'matches'])
    expect(holds(undefined, op, 'x')).toBe(false);
});

test('a dot of a pattern does not match a newline', () => {
  expect(holds('a\nb', 'matches', 'a.b')).toBe(false);
  expect(holds('a\nb', 'matches', '(?s)a.b')).toBe(true);
});

test('quantiles are of type 7 and decimals exact', () => {
  expect(quantile([4, 1, 2, 3], 0.5)).toBe(2.5);
  expect(quantile([], 0.5)).toBeNull();
  expect(decimalText(exact(0.1) + exact(0.2) + exact(-1e-7))).toBe('0.2999999');
});

test('Wilson’s interval of 5 in 10', () => {
  const [low, high] = wilson(5, 10, 0.95);
  expect(low).toBeCloseTo(0.236593090512564, 12);
  expect(high).toBeCloseTo(0.763406909487436, 12);
});

function levels(definition: Partial<Definition>, log: readonly Event[]): unknown[] {
  const rows = evaluate(
    {
      ...common,
      analysis: 'funnel',
      steps: [
        { event: 'view', filters: [] },
        { event: 'cart', filters: [] },
      ],
      window_seconds: 60,
      order: 'ordered',
      unit: 'user',
      exclusions: [],
      ...definition,
    } as Definition,
    log,
  );
  return rows.map((row) => row['count']);
}

test('strict order may start at any view: view, view, cart reaches 2, view, other, cart does not', () => {
  const at = (second: number): string => `2026-01-01T00:00:0${second}.000Z`;
  const log = [event('view', at(0)), event('view', at(1)), event('cart', at(2))];
  expect(levels({ order: 'strict' }, log)).toEqual([1, 1]);
  expect(levels({ order: 'strict' }, [event('view', at(0)), event('x', at(1)), event('cart', at(2))])).toEqual([1, 0]);
});

test('both ends of the window are in, to the millisecond', () => {
  const view = event('view', '2026-01-01T00:00:00.000Z');
  expect(levels({}, [view, event('cart', '2026-01-01T00:01:00.000Z')])).toEqual([1, 1]);
  expect(levels({}, [view, event('cart', '2026-01-01T00:01:00.001Z')])).toEqual([1, 0]);
});

test('an event that arrives again under its id is dropped', () => {
  const view = event('view', '2026-01-01T00:00:00.000Z');
  expect(levels({}, [view, { ...view, event_type: 'cart' }])).toEqual([1, 0]);
});

test('a gap of exactly half an hour does not split a session', () => {
  const log = [
    event('a', '2026-01-01T00:00:00.000Z'),
    event('a', '2026-01-01T00:30:00.000Z'),
    event('a', '2026-01-01T01:00:00.001Z'),
  ];
  const [total] = evaluate({ ...common, analysis: 'sessions', gap_seconds: 1800 }, log);
  expect(total).toMatchObject({ sessions: 2, bounces: 1, mean_duration_seconds: 900 });
});
