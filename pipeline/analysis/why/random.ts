/** Random logs of two users, and funnels asked of them. */
import fc from 'fast-check';
import type { TestEvent } from '../testing/engine.ts';
import { AS_OF, BASE, DAY, eventId, OTHER, USER } from './testing.ts';

/** Few milliseconds, or few days: ties and edges everywhere. */
const offset = fc.oneof(
  fc.integer({ min: 0, max: 8 }),
  fc
    .tuple(fc.constantFrom(0, 1, 2, 6, 7, 8, 13, 14, 29, 30, 41), fc.constantFrom(0, 1, 1_800_000, 1_800_001))
    .map(([days, milliseconds]) => days * DAY + milliseconds),
);
const logOf = (style: fc.Arbitrary<number>) =>
  fc
    .array(
      fc.record({
        user: fc.constantFrom(USER, USER, USER, OTHER),
        at: style,
        event: fc.constantFrom(
          'view',
          'cart',
          'buy',
          'purchase',
          'content_view',
          'video_progress',
          'experiment_exposure',
        ),
        kind: fc.constantFrom('a', 'b', undefined),
        session: fc.constantFrom('s1', 's2', null),
        amount: fc.constantFrom(10, -5, 0.1, undefined),
        variant: fc.constantFrom('A', 'A', 'A', 'B'),
        id: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
      }),
      { maxLength: 24, size: 'max' },
    )
    .map((events) =>
      events.map(({ user, at, event, kind, session, amount, variant, id }, index): TestEvent => ({
        event_id: eventId(id, index),
        event_type: event,
        user_id: user,
        session_id: session,
        content_id: kind ?? null,
        timestamp: new Date(BASE + at).toISOString(),
        properties: {
          ...(kind === undefined ? {} : { kind }),
          ...(event === 'purchase' && amount !== undefined
            ? { amount, currency: kind ?? '', order_id: String(id) }
            : {}),
          ...(event === 'video_progress' ? { watch_time_seconds: 9, duration_seconds: 10 } : {}),
          ...(event === 'experiment_exposure' ? { experiment_key: 'e', variant } : {}),
        },
      })),
    );
export const log = fc.oneof(logOf(fc.integer({ min: 0, max: 8 })), logOf(offset));

export const kindIs = (kind: string | undefined) =>
  kind === undefined ? [] : [{ property: 'kind', op: 'eq', value: kind }];
export const step = fc
  .tuple(fc.constantFrom('view', 'cart', 'buy'), fc.constantFrom('a', undefined))
  .map(([event, kind]) => ({ event, filters: kindIs(kind) }));
const range = fc.constantFrom(
  {},
  { from: new Date(BASE + 2).toISOString() },
  { from: new Date(BASE).toISOString(), to: new Date(BASE + 7 * DAY).toISOString() },
);
export const filters = fc.constantFrom([], [], kindIs('a'));

const common = fc.record({ filters }).chain((one) => range.map((bounds) => ({ as_of: AS_OF, ...one, ...bounds })));
export const completed = (definition: fc.Arbitrary<object>) =>
  fc.tuple(common, definition).map(([shared, own]): Record<string, unknown> => ({ ...shared, ...own }));

export const funnel = (order: string, unit: unknown) =>
  completed(
    fc.record({
      analysis: fc.constant('funnel'),
      order: fc.constant(order),
      unit: fc.constant(unit),
      steps: fc.array(step, { minLength: 2, maxLength: 4 }),
      window_seconds: fc.constantFrom(0.001, 0.003, 86_400),
      exclusions: fc.constantFrom([], order === 'any' ? [] : [{ event: 'purchase', after_step: 1, before_step: 2 }]),
    }),
  );
