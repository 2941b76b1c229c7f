import { describe, expect, it } from 'vitest';
import { planHash, renumbered, sinkTables, withSinks, type CompiledPlan } from './compiled-plan.ts';
import { abandonedState } from './state-of-plan.ts';

const scan = (id: number, table: string) => ({
  id,
  type: 'stream-exec-table-source-scan_1',
  description: `Scan ${table}`,
  scanTableSource: { table: { identifier: table } },
});
const sink = (id: number, table: string) => ({
  id,
  type: 'stream-exec-sink_1',
  description: `Sink ${table}`,
  dynamicTableSink: { table: { identifier: table }, abilities: [] },
});
const node = (id: number, kind: string) => ({
  id,
  type: `stream-exec-${kind}_1`,
  description: `${kind} ${String(id)}`,
});
const plan = (...nodes: CompiledPlan['nodes']): CompiledPlan => ({
  flinkVersion: '2.2',
  nodes,
  edges: nodes.slice(1).map(({ id }, index) => ({ source: nodes[index]?.id ?? 0, target: id })),
});

describe('renumbered', () => {
  it('gives plans of the same statements the same numbers, wherever the Gateway counts', () => {
    const first = plan(scan(1, '`c`.`d`.`a`'), node(2, 'deduplicate'), sink(3, '`c`.`d`.`b`'));
    const later = plan(scan(71, '`c`.`d`.`a`'), node(72, 'deduplicate'), sink(73, '`c`.`d`.`b`'));
    // Descriptions of other nodes hold the number only in this test.
    const plain = (one: CompiledPlan) => ({ ...one, nodes: one.nodes.map((item) => ({ ...item, description: '' })) });
    expect(planHash(renumbered(plain(first)))).toBe(planHash(renumbered(plain(later))));
  });

  it('keeps the edges between the nodes', () => {
    const { nodes, edges } = renumbered(plan(scan(5, 'a'), node(6, 'calc'), sink(7, 'b')));
    const [a, b, c] = nodes.map(({ id }) => id);
    expect(edges).toEqual([
      { source: a, target: b },
      { source: b, target: c },
    ]);
    expect(new Set([a, b, c]).size).toBe(3);
  });

  it('lets an operator keep its number when others are added before it', () => {
    const before = renumbered(plan(scan(1, 'a'), node(2, 'deduplicate'), sink(3, 'b')));
    const after = renumbered(
      plan(scan(1, 'a'), node(2, 'calc'), node(3, 'deduplicate'), node(4, 'calc'), sink(5, 'b')),
    );
    expect(abandonedState(before, after)).toEqual([]);
  });
});

describe('abandonedState', () => {
  it('names operators with state that the new plan has not', () => {
    const before = renumbered(plan(scan(1, 'a'), node(2, 'deduplicate'), node(3, 'calc'), sink(4, 'b')));
    const after = renumbered(plan(scan(1, 'a'), sink(2, 'b')));
    expect(abandonedState(before, after)).toEqual(['deduplicate 2']);
  });
});

describe('withSinks', () => {
  it('renames what a plan writes to and nothing else', () => {
    const original = plan(scan(1, '`a`'), sink(2, '`b`'));
    const renamed = withSinks(original, (table) => `x.${table}`);
    expect(sinkTables(renamed)).toEqual(['x.`b`']);
    expect(renamed.nodes[0]).toEqual(original.nodes[0]);
    expect(sinkTables(original)).toEqual(['`b`']);
  });
});
