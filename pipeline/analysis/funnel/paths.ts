import { and, call, column, compare, constant, equal, lambda, minus, named } from '../tree/build.ts';
import { stage, type Stage } from '../parts/stages.ts';
import type { Expression } from '../tree/nodes.ts';
import { at, element } from './arrays.ts';
import { stepBit, type FunnelShape } from './marks.ts';

/** The label of the path's first event: of several that fit, that of the smallest identifier. */
function labelOf(shape: FunnelShape): Expression {
  const { order } = shape.definition;
  if (shape.overlapping) {
    // Arrays of overlapping steps are sorted by identifier within a millisecond: a position names an event.
    const first = order === 'any' ? element(column('path'), shape.steps + 2) : column('position');
    return at(column('labels'), first);
  }
  const event = column('event');
  const bits =
    order === 'any'
      ? // The first event is one of the steps 1 … level: their bits.
        minus(call('bitShiftLeft', call('toUInt32', 2 ** stepBit(shape, 1)), column('level')), 2 ** stepBit(shape, 1))
      : constant(2 ** stepBit(shape, 1));
  const isFirst = and(
    equal(element(event, 1), column('start')),
    compare(call('bitAnd', element(event, 3), call('toUInt16', bits)), '>', 0),
  );
  const candidates = call('arrayFilter', lambda(['event'], isFirst), column('labels'));
  return element(at(call('arraySort', candidates), constant(1)), 4);
}

/**
 * From the paths of a unit, an array of (level, start, step 2, …) in the order of the events, to the best: the deepest,
 * of those the first. The last stage is `paths`, one row per unit: `level`, `start` and `step_2` … (milliseconds, with
 * meaning up to the level), and `label` for breakdowns.
 */
export function bestPath(shape: FunnelShape): {
  readonly stages: readonly Stage[];
  readonly columns: readonly string[];
} {
  const candidates = column('candidates');
  const levels = column('levels');
  const path = column('path');
  const times = Array.from({ length: shape.steps }, (_, index) =>
    named(index === 0 ? 'start' : `step_${String(index + 1)}`, element(path, index + 2)),
  );
  const parts = [named('level', element(path, 1)), ...times];
  const label = shape.labelled ? [named('label', labelOf(shape))] : [];
  return {
    stages: [
      stage('levels', element(candidates, 1)),
      stage('position', call('indexOf', levels, call('arrayMax', levels))),
      stage('path', at(candidates, column('position'))),
      { name: shape.labelled ? 'unlabelled' : 'paths', columns: parts },
      ...(shape.labelled ? [{ name: 'paths', columns: label }] : []),
    ],
    columns: [...parts, ...label].map((item) => item.as),
  };
}
