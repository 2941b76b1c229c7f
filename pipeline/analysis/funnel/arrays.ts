/** Small expressions over the arrays of a unit, shared by the three orders. */
import { call, column, lambda, unequal } from '../tree/build.ts';
import { spokenOf } from '../parts/stages.ts';
import type { Expression } from '../tree/nodes.ts';

/** A time that never comes: 2^53 − 1 milliseconds. Larger than every window ends. */
export const NEVER: Expression = call('toInt64', Number.MAX_SAFE_INTEGER);

/** An array whose element i is element i + 1 of another; the last is `pad`. */
export const next = (array: Expression, pad: Expression): Expression =>
  call('arrayPushBack', call('arrayPopFront', array), pad);

/** arrayMap over arrays that are named as the lambda's arguments are. */
export const mapOver = (arrays: Readonly<Record<string, Expression>>, body: Expression): Expression =>
  call('arrayMap', lambda(Object.keys(arrays), body), ...Object.values(arrays));

/**
 * Each element takes the value of the next element, itself included, at which `holds`; where none comes, `never`.
 * @param arrays name the arguments that `holds` and `of` are written in; the first must be `at`
 */
export function nextWhere(
  arrays: Readonly<Record<string, Expression>>,
  holds: Expression,
  of: Expression,
  never: Expression,
): Expression {
  // The last element is never filled from behind, so what does not hold must already be `never`.
  const values = mapOver(arrays, call('if', holds, of, never));
  const names = Object.keys(arrays);
  return call('arrayReverseFill', lambda(['filled', ...names], holds), values, ...Object.values(arrays));
}

/** arrayMap over those of the named arrays that the body speaks of. */
export function mapNamed(names: readonly string[], body: Expression): Expression {
  const spoken = spokenOf(body);
  return mapOver(
    Object.fromEntries(names.filter((name) => spoken.has(name)).map((name) => [name, column(name)])),
    body,
  );
}

/** Whether an element is the first of its millisecond. */
export const isFirstOfMillisecond: Expression = mapOver(
  { at: column('at'), before: call('arrayPushFront', call('arrayPopBack', column('at')), call('negate', NEVER)) },
  unequal(column('at'), column('before')),
);

/** Whether an element is the last of its millisecond. */
export const isLastOfMillisecond: Expression = mapOver(
  { at: column('at'), following: next(column('at'), NEVER) },
  unequal(column('at'), column('following')),
);

/** Whether two events of the unit lie in one millisecond. */
export const hasTies: Expression = unequal(
  call('length', call('arrayDistinct', column('at'))),
  call('length', column('at')),
);

/** An element of an array by its position in another. */
export const at = (array: Expression, position: Expression): Expression => call('arrayElement', array, position);

export const element = (tuple: Expression, index: number): Expression => call('tupleElement', tuple, index);
