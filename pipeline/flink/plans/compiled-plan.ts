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
 * The plan with its nodes numbered from 1 in the order in which they stand. Flink goes on counting through the life of
 * the SQL Gateway, so that compiling the same statements twice gives different numbers, and no state would be found.
 */
export function renumbered(plan: CompiledPlan): CompiledPlan {
  const ids = new Map(plan.nodes.map(({ id }, index) => [id, index + 1]));
  const of = (id: number): number => ids.get(id) ?? id;
  return {
    ...plan,
    nodes: plan.nodes.map((node) => ({ ...node, id: of(node.id) })),
    edges: plan.edges.map((edge) => ({ ...edge, source: of(edge.source), target: of(edge.target) })),
  };
}

/** Names a plan; two plans with one hash run the same operators. */
export const planHash = (plan: CompiledPlan): string => digest(plan);

/** The tables that a plan writes to, as their identifiers stand in it: `` `catalog`.`database`.`table` ``. */
export const sinkTables = (plan: CompiledPlan): readonly string[] =>
  plan.nodes.flatMap((node) => {
    const sink = v.safeParse(SinkNode, node);
    return sink.success ? [sink.output.dynamicTableSink.table.identifier] : [];
  });

const SinkNode = v.looseObject({
  dynamicTableSink: v.looseObject({ table: v.looseObject({ identifier: v.string() }) }),
});

/** The plan with its sinks writing to other tables. */
export function withSinks(plan: CompiledPlan, rename: (identifier: string) => string): CompiledPlan {
  const nodes = plan.nodes.map((node): PlanNode => {
    const sink = v.safeParse(SinkNode, node);
    if (!sink.success) return node;
    const { dynamicTableSink } = sink.output;
    const { table } = dynamicTableSink;
    const renamed = { ...table, identifier: rename(table.identifier) };
    return { ...node, dynamicTableSink: { ...dynamicTableSink, table: renamed } };
  });
  return { ...plan, nodes };
}
