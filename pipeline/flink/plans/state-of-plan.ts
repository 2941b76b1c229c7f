import type { CompiledPlan, PlanNode } from './compiled-plan.ts';

/** Operators that keep nothing between records; every other one is taken to have state. */
const STATELESS = [
  'calc',
  'correlate',
  'exchange',
  'expand',
  'union',
  'drop-update-before',
  'mini-batch-assigner',
  'watermark-assigner',
  'values',
  'window-table-function',
  'local-window-aggregate',
  'local-group-aggregate',
];

const kindOf = ({ type }: PlanNode): string => type.replace(/^stream-exec-|_\d+$/g, '');

/** What an operator with state is called in a savepoint: a node of another id or type does not find it. */
const stateName = (node: PlanNode): string => `${String(node.id)}_${node.type}`;

export const hasState = (node: PlanNode): boolean => !STATELESS.includes(kindOf(node));

/**
 * State that a plan would leave behind in a savepoint of another plan: operators of `from` that `to` has not.
 * @returns one line for each, in the words of Flink's plan
 */
export function abandonedState(from: CompiledPlan, to: CompiledPlan): readonly string[] {
  const kept = new Set(to.nodes.filter(hasState).map(stateName));
  return from.nodes
    .filter((node) => hasState(node) && !kept.has(stateName(node)))
    .map(({ description }) => description);
}
