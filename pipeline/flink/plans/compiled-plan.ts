import * as v from 'valibot';
import { digest } from '../jobs/job.ts';

// A compiled plan is Flink's JSON of the operators of a job. Operators find their state in a savepoint by the node's id
// and type, so a plan that is kept gives the same job, also under another version of the planner.

const Node = v.looseObject({ id: v.number(), type: v.string(), description: v.string() });
const Edge = v.looseObject({ source: v.number(), target: v.number() });
const CompiledPlan = v.looseObject({ flinkVersion: v.string(), nodes: v.array(Node), edges: v.array(Edge) });

export type PlanNode = v.InferOutput<typeof Node>;
export type CompiledPlan = v.InferOutput<typeof CompiledPlan>;

/** @throws Error if the text is no compiled plan */
export const parsePlan = (text: string): CompiledPlan => v.parse(CompiledPlan, JSON.parse(text));

/**
 * The plan with numbers that follow from what the nodes are: a source or sink from its table, any other node from its
 * type and its place among nodes of that type. Flink counts through the life of the SQL Gateway instead, so that
 * compiling the same statements twice gives different numbers; and an operator keeps its state here when others are
 * added before it.
 */
export function renumbered(plan: CompiledPlan): CompiledPlan {
  const ids = new Map<number, number>();
  const taken = new Set<number>();
  const places = new Map<string, number>();
  for (const node of plan.nodes) {
    const place = (places.get(node.type) ?? 0) + 1;
    places.set(node.type, place);
    const id = freeNumber(`${node.type} ${tableOf(node) ?? String(place)}`, taken);
    taken.add(id);
    ids.set(node.id, id);
  }
  const of = (id: number): number => ids.get(id) ?? id;
  return {
    ...plan,
    nodes: plan.nodes.map((node) => ({ ...node, id: of(node.id) })),
    edges: plan.edges.map((edge) => ({ ...edge, source: of(edge.source), target: of(edge.target) })),
  };
}

/** Small enough to be read by people, large enough that collisions, which are resolved, are rare. */
const NUMBERS = 1_000_000;

function freeNumber(name: string, taken: ReadonlySet<number>): number {
  let id = (Number.parseInt(digest(name).slice(0, 8), 16) % NUMBERS) + 1;
  while (taken.has(id)) id = (id % NUMBERS) + 1;
  return id;
}

const Table = v.looseObject({ table: v.looseObject({ identifier: v.string() }) });
const SinkNode = v.looseObject({ dynamicTableSink: Table });
const ScanNode = v.looseObject({ scanTableSource: Table });

function tableOf(node: PlanNode): string | undefined {
  if (v.is(SinkNode, node)) return node.dynamicTableSink.table.identifier;
  return v.is(ScanNode, node) ? node.scanTableSource.table.identifier : undefined;
}

/** Names a plan; two plans with one hash run the same operators. */
export const planHash = (plan: CompiledPlan): string => digest(plan);

/** The tables that a plan writes to, as their identifiers stand in it: `` `catalog`.`database`.`table` ``. */
export const sinkTables = (plan: CompiledPlan): readonly string[] =>
  plan.nodes.flatMap((node) => (v.is(SinkNode, node) ? [node.dynamicTableSink.table.identifier] : []));

/** The plan with its sinks writing to other tables. */
export function withSinks(plan: CompiledPlan, rename: (identifier: string) => string): CompiledPlan {
  const nodes = plan.nodes.map((node): PlanNode => {
    if (!v.is(SinkNode, node)) return node;
    const { table } = node.dynamicTableSink;
    const renamed = { ...table, identifier: rename(table.identifier) };
    return { ...node, dynamicTableSink: { ...node.dynamicTableSink, table: renamed } };
  });
  return { ...plan, nodes };
}
