import type { Expression, Query, Select, Source } from './nodes.ts';

export type Node = Expression | Query | Source;

const CHILDREN: {
  readonly [Kind in Expression['kind']]: (node: Extract<Expression, { kind: Kind }>) => readonly Node[];
} = {
  value: () => [],
  constant: () => [],
  column: () => [],
  dynamic: () => [],
  call: (node) => [...node.parameters, ...node.args],
  operation: (node) => node.operands,
  lambda: (node) => [node.body],
  cast: (node) => [node.of],
  over: (node) => [node.call, ...node.partitionBy, ...node.orderBy.map((item) => item.by)],
  subquery: (node) => [node.query],
};

function childrenOfSelect(query: Select): readonly Node[] {
  const optional = (...nodes: readonly (Node | undefined)[]): Node[] => nodes.filter((node) => node !== undefined);
  return [
    ...query.with.map((item) => item.is),
    ...query.columns.map((item) => item.expression),
    ...optional(query.from),
    ...query.arrayJoin.map((item) => item.expression),
    ...query.joins.flatMap((join) => optional(join.source, join.on)),
    ...optional(query.where),
    ...query.groupBy,
    ...(query.groupingSets ?? []).flat(),
    ...optional(query.having),
    ...query.orderBy.map((item) => item.by),
    ...(query.limitBy === undefined ? [] : [query.limitBy.limit, ...query.limitBy.by]),
    ...optional(query.limit, query.offset),
  ];
}

function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'select':
      return childrenOfSelect(node);
    case 'union':
      return node.queries;
    case 'events':
    case 'named':
      return [];
    case 'derived':
      return [node.query];
    default:
      return (CHILDREN[node.kind] as (of: Node) => readonly Node[])(node);
  }
}

/** Every node below and including `node`, in the order in which they are printed. */
export function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) yield* walk(child);
}
