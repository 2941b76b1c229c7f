import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { Engine, type TestEvent } from '../testing/engine.ts';
import { firstEventOf, plainPath, quantile, type PlainEvent, type PlainFunnel } from '../testing/plain-funnel.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

const BASE = Date.UTC(2025, 0, 1);
const USERS = 25;
const NAMES = ['view', 'cart', 'buy', 'noise'] as const;

/** A generated step: its event type and the value that `kind` must have, if any. */
interface Step {
  readonly event: string;
  readonly kind?: string | undefined;
}
interface Case {
  readonly events: readonly { user: number; at: number; event: string; kind: string; id: number }[];
  readonly steps: readonly Step[];
  readonly window: number;
  readonly order: 'ordered' | 'strict' | 'any';
  readonly exclusions: readonly { step: Step; after: number; before: number }[];
  readonly from: number | undefined;
  readonly to: number | undefined;
}

const stepOf = fc.record({ event: fc.constantFrom(...NAMES.slice(0, 3)), kind: fc.constantFrom('a', 'b', undefined) });
const caseOf: fc.Arbitrary<Case> = fc
  .record({
    // Few milliseconds: ties everywhere. Many users: one query answers many logs.
    events: fc.array(
      fc.record({
        user: fc.integer({ min: 1, max: USERS }),
        at: fc.integer({ min: 0, max: 8 }),
        event: fc.constantFrom(...NAMES),
        kind: fc.constantFrom('a', 'b', ''),
        id: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
      }),
      { minLength: 0, maxLength: 12 * USERS, size: 'max' },
    ),
    steps: fc.array(stepOf, { minLength: 2, maxLength: 5 }),
    window: fc.constantFrom(0, 1, 2, 3, 5, 100),
    order: fc.constantFrom('ordered', 'strict', 'any') as fc.Arbitrary<Case['order']>,
    exclusions: fc.array(
      fc.record({
        step: fc.record({ event: fc.constantFrom(...NAMES), kind: fc.constantFrom('a', undefined) }),
        after: fc.integer({ min: 1, max: 4 }),
        before: fc.integer({ min: 2, max: 5 }),
      }),
      { maxLength: 2 },
    ),
    from: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
    to: fc.option(fc.integer({ min: 2, max: 8 }), { nil: undefined }),
  })
  .map((one) => ({
    ...one,
    to: one.from !== undefined && one.to !== undefined && one.to < one.from ? one.from : one.to,
    exclusions:
      one.order === 'any'
        ? []
        : one.exclusions.filter(({ after, before }) => after < before && before <= one.steps.length),
  }));

const iso = (at: number): string => new Date(BASE + at).toISOString();
const eventId = (id: number, index: number): string =>
  `${id.toString(16).padStart(8, '0')}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
const userId = (user: number): string => `00000000-0000-4000-8000-${String(user).padStart(12, '0')}`;

const filtersOf = ({ kind }: Step) => (kind === undefined ? [] : [{ property: 'kind', op: 'eq', value: kind }]);

function definitionOf(one: Case, breakdown: boolean) {
  return {
    analysis: 'funnel',
    steps: one.steps.map((step) => ({ event: step.event, filters: filtersOf(step) })),
    window_seconds: one.window / 1000,
    order: one.order,
    exclusions: one.exclusions.map(({ step, after, before }) => ({
      event: step.event,
      filters: filtersOf(step),
      after_step: after,
      before_step: before,
    })),
    ...(one.from === undefined ? {} : { from: iso(one.from) }),
    ...(one.to === undefined ? {} : { to: iso(one.to) }),
    ...(breakdown ? { breakdown: 'kind' } : {}),
  };
}

const matches = (event: { event: string; kind: string }, step: Step): boolean =>
  event.event === step.event && (step.kind === undefined || event.kind === step.kind);

/** Rows by the plain loops: (breakdown, step, count, four times). */
function expected(one: Case): unknown[] {
  const funnel: PlainFunnel = {
    steps: one.steps.length,
    window: one.window,
    order: one.order,
    exclusions: one.exclusions.map(({ after, before }) => ({ after: after - 1, before: before - 1 })),
  };
  const paths = Array.from({ length: USERS }, (_, index) => index + 1).flatMap((user) => {
    const kinds = new Map<PlainEvent, string>();
    const events = one.events.flatMap((event, index) => {
      if (event.user !== user) return [];
      const inRange = (one.from === undefined || event.at >= one.from) && (one.to === undefined || event.at < one.to);
      const steps = one.steps.flatMap((step, position) =>
        matches(event, step) && (position > 0 || inRange) ? [position] : [],
      );
      const exclusions = one.exclusions.flatMap(({ step }, position) => (matches(event, step) ? [position] : []));
      const plain = {
        at: event.at,
        id: eventId(event.id, index),
        steps: new Set(steps),
        exclusions: new Set(exclusions),
      };
      kinds.set(plain, event.kind);
      return [plain];
    });
    const path = plainPath(events, funnel);
    const first = path === undefined ? undefined : firstEventOf(path, one.order);
    return path === undefined || first === undefined ? [] : [{ ...path, kind: kinds.get(first) ?? '' }];
  });
  const rowsOf = (label: string | null, group: typeof paths): unknown[] =>
    one.steps.map((_, step) => {
      const reached = group.filter((path) => path.level > step);
      const since = (of: (path: (typeof paths)[number]) => number, hidden: boolean) =>
        [0.5, 0.9].map((at) => {
          const ms =
            step === 0 || hidden
              ? null
              : quantile(
                  reached.map((path) => (path.events[step]?.at ?? 0) - of(path)),
                  at,
                );
          return ms === null ? null : Number((ms / 1000).toPrecision(12));
        });
      const first = since((path) => path.start, false);
      const previous = since((path) => path.events[step - 1]?.at ?? 0, one.order === 'any');
      return [label, step + 1, reached.length, ...first, ...previous];
    });
  const labels = [...new Set(paths.map((path) => path.kind))].sort();
  return [
    ...rowsOf(null, paths),
    ...labels.flatMap((label) =>
      rowsOf(
        label,
        paths.filter((path) => path.kind === label),
      ),
    ),
  ];
}

async function store(one: Case): Promise<void> {
  await engine.store(
    one.events.map((event, index): TestEvent => ({
      event_id: eventId(event.id, index),
      event_type: event.event,
      user_id: userId(event.user),
      timestamp: iso(event.at),
      properties: event.kind === '' ? {} : { kind: event.kind },
    })),
  );
}

const rounded = (value: unknown): unknown => (typeof value === 'number' ? Number(value.toPrecision(12)) : value);

async function actual(one: Case): Promise<unknown[]> {
  const rows = await engine.rows(definitionOf(one, true));
  return rows.map((row) =>
    [
      row.breakdown,
      row.step,
      row.count,
      row.median_seconds_from_first,
      row.p90_seconds_from_first,
      row.median_seconds_from_previous,
      row.p90_seconds_from_previous,
    ].map(rounded),
  );
}

describe('the funnel against plain loops', () => {
  test('agrees on random logs full of ties, in every order', async () => {
    const runs = Number(process.env.FUNNEL_RUNS ?? 80);
    await fc.assert(
      fc.asyncProperty(caseOf, async (one) => {
        await store(one);
        expect(await actual(one)).toEqual(expected(one));
      }),
      { numRuns: runs },
    );
  }, 600_000);
});
