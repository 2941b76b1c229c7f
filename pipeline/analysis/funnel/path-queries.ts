import { staged } from '../parts/stages.ts';
import type { Select } from '../tree/nodes.ts';
import { anyStages } from './any.ts';
import { arrayColumns, unitColumnNames, type FunnelShape } from './marks.ts';
import { orderedStages } from './ordered.ts';
import { bestPath } from './paths.ts';
import { strictStages } from './strict.ts';

const STAGES = { ordered: orderedStages, strict: strictStages, any: anyStages } as const;

/**
 * The queries from `units` to `paths`, one row per unit: its best path.
 * @param keep further columns of the stages that `paths` hands on
 */
export function pathQueries(shape: FunnelShape, keep: readonly string[] = []): Select['with'] {
  const { stages, columns } = bestPath(shape);
  const arrays = { name: 'arrays', columns: arrayColumns(shape) };
  const all = [arrays, ...STAGES[shape.definition.order](shape), ...stages];
  return staged({ name: 'units', columns: unitColumnNames(shape) }, all, [...columns, ...keep]);
}
