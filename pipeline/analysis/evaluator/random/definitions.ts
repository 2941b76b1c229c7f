/** Random valid definitions of the analyses. */
import fc from 'fast-check';
import { experiment } from './experiments.ts';
import { fewFilters, property, with_ } from './parts.ts';
import { trend } from './trends.ts';
import { CONTENTS, TYPES, USERS } from './values.ts';

const event = fc.constantFrom(...TYPES.slice(0, 3));
const isPlan = fc.constantFrom([{ property: 'plan', op: 'eq', value: 'a' }]);
const stepFilters = fc.oneof({ weight: 3, arbitrary: fewFilters }, { weight: 1, arbitrary: isPlan });
const step = fc.record({ event, filters: stepFilters });
const exclusion = fc.record({ event, filters: stepFilters, ends: fc.tuple(fc.nat(3), fc.nat(3)) });

const funnel = with_(
  fc
    .record(
      {
        analysis: fc.constant('funnel'),
        steps: fc.array(step, { minLength: 2, maxLength: 5 }),
        window_seconds: fc.constantFrom(0, 0.001, 0.002, 0.005, 1, 2, 5, 1800, 86_400, 604_800),
        order: fc.constantFrom('ordered', 'strict', 'any'),
        unit: fc.constantFrom('user', 'session', { property: 'plan' }, { property: 'country' }, { property: 'amount' }),
        breakdown: property,
        exclusions: fc.array(exclusion, { maxLength: 2 }),
      },
      { requiredKeys: ['analysis', 'steps'] },
    )
    .map(({ exclusions = [], ...definition }) => {
      if (definition.order === 'any') return definition;
      const placed = exclusions.map(({ ends: [left, right], ...rest }) => {
        const after = (left % (definition.steps.length - 1)) + 1;
        return { ...rest, after_step: after, before_step: after + 1 + (right % (definition.steps.length - after)) };
      });
      return { ...definition, exclusions: placed };
    }),
);

const sessions = with_(
  fc.record(
    { analysis: fc.constant('sessions'), gap_seconds: fc.constantFrom(1, 1800, 86_400) },
    { requiredKeys: ['analysis'] },
  ),
);

const revenue = with_(
  fc.record(
    { analysis: fc.constant('revenue'), interval: fc.constantFrom('minute', 'hour', 'day', 'week', 'month') },
    { requiredKeys: ['analysis'] },
  ),
);

const engagement = with_(fc.record({ analysis: fc.constant('engagement') }));

const selection = fc.record({ event, filters: fewFilters }, { requiredKeys: [] });

const retention = with_(
  fc
    .record(
      {
        analysis: fc.constant('retention'),
        start: selection,
        return: selection,
        period: fc.constantFrom('day', 'week', 'month'),
        cohort: fc.constantFrom('first_ever', 'recurring'),
        mode: fc.constantFrom('on', 'on_or_after', 'bracket'),
        periods: fc.constantFrom(0, 1, 3, 8),
      },
      { requiredKeys: ['analysis'] },
    )
    .map(({ periods, ...definition }) => {
      if (definition.mode === 'bracket')
        return {
          ...definition,
          brackets: [
            [1, 7],
            [8, 14],
            [0, 0],
            [29, 30],
          ],
        };
      return periods === undefined ? definition : { ...definition, periods };
    }),
);

const activity = with_(fc.record({ analysis: fc.constant('activity') }));

const lifecycle = with_(
  fc.record(
    { analysis: fc.constant('lifecycle'), interval: fc.constantFrom('day', 'week', 'month') },
    { requiredKeys: ['analysis'] },
  ),
);

const segments = with_(
  fc.oneof(
    fc.record({ analysis: fc.constant('segments') }),
    fc.record(
      {
        analysis: fc.constant('segments'),
        members: fc.constant(true),
        segment: fc.constantFrom('new', 'churn_risk', 'power', 'casual'),
        after: fc.constantFrom(...USERS),
        limit: fc.constantFrom(1, 2, 10),
      },
      { requiredKeys: ['analysis', 'members'] },
    ),
  ),
);

/** What events are called, and names that occur under it, so that a path's start or end is often there. */
const nodes = fc.oneof(
  fc.record({ anchor: fc.constantFrom(...TYPES) }),
  fc.record({ node: fc.constant('content_id'), anchor: fc.constantFrom(...CONTENTS.filter((id) => id !== '')) }),
  fc.record({ node: fc.constant('country'), anchor: fc.constantFrom('DE', 'US', 'FR') }),
  fc.record({ node: fc.constantFrom('plan', 'device'), anchor: fc.constantFrom('1', 'true', 'ä', '9') }),
);

const paths = with_(
  fc
    .record(
      {
        analysis: fc.constant('paths'),
        nodes,
        towards: fc.constantFrom('start', 'end', 'none'),
        depth: fc.integer({ min: 2, max: 10 }),
        limit: fc.constantFrom(1, 2, 3, 100),
        gap_seconds: fc.constantFrom(0, 1, 1800, 86_400),
      },
      { requiredKeys: ['analysis', 'nodes', 'towards'] },
    )
    .map(({ nodes: { anchor, ...node }, towards, ...definition }) => ({
      ...definition,
      ...node,
      ...(towards === 'none' ? {} : { [towards]: anchor }),
    })),
);

/** Definitions by analysis. */
export const definitions = {
  funnel,
  retention,
  trend,
  sessions,
  revenue,
  engagement,
  activity,
  lifecycle,
  segments,
  paths,
  experiment,
};
export type Analysis = keyof typeof definitions;
