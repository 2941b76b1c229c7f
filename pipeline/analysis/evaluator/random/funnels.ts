/** Random funnels. */
import fc from 'fast-check';
import { fewFilters, property, with_ } from './parts.ts';
import { TYPES } from './values.ts';

const event = fc.constantFrom(...TYPES.slice(0, 3));
const isPlan = fc.constantFrom([{ property: 'plan', op: 'eq', value: 'a' }]);
const stepFilters = fc.oneof({ weight: 3, arbitrary: fewFilters }, { weight: 1, arbitrary: isPlan });
const step = fc.record({ event, filters: stepFilters });
const exclusion = fc.record({ event, filters: stepFilters, ends: fc.tuple(fc.nat(3), fc.nat(3)) });

const funnelWithin = (...windows: readonly number[]): fc.Arbitrary<object> =>
  with_(
    fc
      .record(
        {
          analysis: fc.constant('funnel'),
          steps: fc.array(step, { minLength: 2, maxLength: 5 }),
          window_seconds: fc.constantFrom(...windows),
          order: fc.constantFrom('ordered', 'strict', 'any'),
          unit: fc.constantFrom(
            'user',
            'session',
            { property: 'plan' },
            { property: 'country' },
            { property: 'amount' },
          ),
          breakdown: property,
          exclusions: fc.array(exclusion, { minLength: 1, maxLength: 2 }),
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

export const funnel = funnelWithin(1, 2, 5, 1800, 86_400, 604_800);
/** For logs of a few milliseconds. */
export const denseFunnel = funnelWithin(0, 0.001, 0.002, 0.003, 0.005, 1);
