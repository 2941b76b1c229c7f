/** Random valid definitions of the analyses. */
import fc from 'fast-check';
import { experiment } from './experiments.ts';
import { funnel } from './funnels.ts';
import { fewFilters, with_ } from './parts.ts';
import { trend } from './trends.ts';
import { CONTENTS, TYPES, USERS } from './values.ts';

const event = fc.constantFrom(...TYPES.slice(0, 3));

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
