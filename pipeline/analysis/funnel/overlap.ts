import type { Condition, Filter, Scalar } from '../definitions/filters.ts';
import type { Step } from './schema.ts';

/** Values that a condition allows at most, or undefined where it does not list them. */
function listed(filter: Filter): { property: string; values: readonly Scalar[] } | undefined {
  if ('any' in filter) return undefined;
  const condition: Condition = filter;
  if (condition.op === 'eq') return { property: condition.property, values: [condition.value] };
  if (condition.op === 'in') return { property: condition.property, values: condition.value };
  return undefined;
}

/** Whether the filters of two steps demand different values of one property. */
const contradict = (a: readonly Filter[], b: readonly Filter[]): boolean =>
  a.some((one) =>
    b.some((other) => {
      const [left, right] = [listed(one), listed(other)];
      if (left === undefined || right === undefined || left.property !== right.property) return false;
      return !left.values.some((item) => right.values.includes(item));
    }),
  );

/** Whether one event could be both steps. */
export const mayShare = (a: Step, b: Step): boolean => a.event === b.event && !contradict(a.filters, b.filters);

/**
 * Whether one event could serve two of the steps. Where none can, no path can take an event twice and much simpler SQL
 * is right.
 */
export const mayOverlap = (steps: readonly Step[]): boolean =>
  steps.some((step, index) => steps.slice(index + 1).some((later) => mayShare(step, later)));
