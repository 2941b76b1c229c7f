/** Random experiments: small arms, users of two variants, events at both ends of the window, history before it. */
import fc from 'fast-check';
import type { Event } from '../definition.ts';
import { common, fewFilters } from './parts.ts';
import { money } from './logs.ts';
import { BASES, idOf, scalar } from './values.ts';

const HOUR = 3_600_000;
const WINDOWS = [0, 3600, 86_400];
const EXPERIMENT = 'größe "x"';
const VARIANTS = ['control', 'test', "b'"];

const variant = fc.constantFrom(...VARIANTS);
/** Milliseconds from the first exposure: at it, one beside it, at the ends of the windows, one beside them. */
const around = fc
  .tuple(fc.constantFrom(0, 0, HOUR, 24 * HOUR, -HOUR, -24 * HOUR, -48 * HOUR), fc.constantFrom(-1, 0, 0, 0, 1, 500))
  .map(([hours, milliseconds]) => hours + milliseconds);

const action = fc.record({
  event_type: fc.constantFrom('purchase', 'purchase', 'a'),
  offset: around,
  properties: fc.record({ amount: money, plan: scalar }, { requiredKeys: [] }),
});
const user = fc.record({
  variant,
  first: fc.constantFrom(0, 1, HOUR, 30 * HOUR),
  /** Exposures after the first; a switched one makes the user one of both variants. */
  again: fc.array(
    fc.record({ offset: fc.constantFrom(0, 1, HOUR), switched: fc.constantFrom(...VARIANTS, '', '', '') }),
    {
      maxLength: 2,
    },
  ),
  isExposed: fc.constantFrom(true, true, true, true, true, true, true, false),
  actions: fc.array(action, { maxLength: 6 }),
});

/** A log of an experiment, in the order of arrival. */
export const experimentLog: fc.Arbitrary<Event[]> = fc
  .tuple(fc.constantFrom(...BASES), fc.array(user, { maxLength: 16, size: 'max' }))
  .map(([base, users]) => {
    const events: Omit<Event, 'event_id'>[] = [];
    for (const [index, { variant: own, first, again, isExposed, actions }] of users.entries()) {
      const at = (offset: number): string => new Date(Date.parse(base) + first + offset).toISOString();
      const user_id = idOf(index * 7919);
      const exposure = (offset: number, seen: string): Omit<Event, 'event_id'> => ({
        event_type: 'experiment_exposure',
        user_id,
        timestamp: at(offset),
        properties: { experiment_key: isExposed ? EXPERIMENT : 'another', variant: seen },
      });
      events.push(exposure(0, own));
      for (const { offset, switched } of again) events.push(exposure(offset, switched === '' ? own : switched));
      for (const { event_type, offset, properties } of actions)
        events.push({ event_type, user_id, timestamp: at(offset), properties: properties as Event['properties'] & {} });
    }
    return events.map((event, index) => ({ ...event, event_id: idOf(index) }));
  });

const measured = fc.record(
  {
    event: fc.constantFrom('purchase', 'a'),
    filters: fewFilters,
    measure: fc.constantFrom(
      'count',
      { sum: 'amount' },
      { avg: 'amount' },
      { min: 'amount' },
      { max: 'amount' },
      { distinct: 'plan' },
    ),
  },
  { requiredKeys: ['event'] },
);
const winsorize = fc.constantFrom(0.5, 0.75, 0.99);

const metric = fc.oneof(
  fc.record(
    { type: fc.constant('conversion'), event: fc.constantFrom('purchase', 'a'), filters: fewFilters },
    { requiredKeys: ['type', 'event'] },
  ),
  fc
    .tuple(measured, fc.record({ winsorize }, { requiredKeys: [] }))
    .map(([left, right]) => ({ type: 'mean', ...left, ...right })),
  fc
    .tuple(
      measured,
      fc.record({ winsorize, quantile: fc.constantFrom(0.25, 0.5, 0.9) }, { requiredKeys: ['quantile'] }),
    )
    .map(([left, right]) => ({ type: 'quantile', ...left, ...right })),
  fc.record(
    { type: fc.constant('ratio'), numerator: measured, denominator: measured, winsorize },
    { requiredKeys: ['type', 'numerator', 'denominator'] },
  ),
);

/** Definitions of experiments on such logs. */
export const experiment: fc.Arbitrary<object> = fc
  .tuple(
    common,
    fc.record(
      {
        window_seconds: fc.constantFrom(...WINDOWS),
        metrics: fc.array(metric, { minLength: 1, maxLength: 3 }),
        covariate: fc
          .tuple(measured, fc.record({ lookback_days: fc.constantFrom(1, 1.5, 30) }, { requiredKeys: [] }))
          .map(([left, right]) => ({ ...left, ...right })),
        split: fc.constantFrom({ control: 1, test: 1, "b'": 1 }, { control: 2, test: 1, "b'": 1, unseen: 0.5 }),
        only_complete: fc.boolean(),
      },
      { requiredKeys: ['metrics'] },
    ),
  )
  .map(([fields, { metrics, ...definition }]) => ({
    analysis: 'experiment',
    experiment: EXPERIMENT,
    control: 'control',
    ...definition,
    ...fields,
    metrics: metrics.map((one, index) => ({ name: `metric ${String(index)}`, ...one })),
  }));
