import { defineAnalysis } from '../analysis.ts';
import { answer } from './answer.ts';
import { shapeOf, unitQueries } from './marks.ts';
import { pathQueries } from './path-queries.ts';
import { funnelFaults, funnelSchema } from './schema.ts';

/**
 * Funnel: units that go through the steps within a window.
 *
 *     marks    one row per event that matters
 *     units    one row per unit: its events, sorted
 *     arrays   the same as arrays of times and masks
 *     …        the order's own stages (ordered.ts, strict.ts, any.ts)
 *     paths    one row per unit: level, times, label of its best path
 *     steps    one row per value of the breakdown
 *     answer   one row per value and step
 */
export const funnel = defineAnalysis({
  name: 'funnel',
  schema: funnelSchema,
  check: funnelFaults,
  compile: (definition) => {
    const shape = shapeOf(definition);
    return answer(shape, [...unitQueries(shape), ...pathQueries(shape)]);
  },
});
