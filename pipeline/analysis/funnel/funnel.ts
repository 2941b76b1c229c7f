import { defineAnalysis } from '../analysis.ts';
import { answer } from './answer.ts';
import { anyStages } from './any.ts';
import { staged } from '../parts/stages.ts';
import type { Select } from '../tree/nodes.ts';
import { arrayColumns, shapeOf, unitColumnNames, unitQueries, type FunnelShape } from './marks.ts';
import { bestPath } from './paths.ts';
import { orderedStages } from './ordered.ts';
import { funnelFaults, funnelSchema } from './schema.ts';
import { strictStages } from './strict.ts';

const STAGES = { ordered: orderedStages, strict: strictStages, any: anyStages } as const;

function pathQueries(shape: FunnelShape): Select['with'] {
  const { stages, columns } = bestPath(shape);
  const arrays = { name: 'arrays', columns: arrayColumns(shape) };
  const all = [arrays, ...STAGES[shape.definition.order](shape), ...stages];
  return staged({ name: 'units', columns: unitColumnNames(shape) }, all, columns);
}

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
