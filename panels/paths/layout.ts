import { sankey, sankeyLinkHorizontal } from 'd3-sankey';
import type { PathEdge, PathNode, Paths } from './model.ts';

export interface PlacedNode {
  readonly node: PathNode;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedEdge {
  readonly edge: PathEdge;
  readonly source: PathNode;
  readonly target: PathNode;
  readonly path: string;
  /** Pixels. */
  readonly width: number;
}

/** Pixels. */
export const NODE_WIDTH = 12;
/** Least pixels between two nodes of a column, so that labels do not collide. */
const PADDING = 16;

/** Where nodes and edges stand in a drawing of a size; steps follow each other from left to right. */
export function layoutOf({ nodes, edges }: Paths, width: number, height: number) {
  const first = Math.min(...nodes.map(({ column }) => column));
  const tallest = Math.max(...countsOf(nodes).values());
  const padding = Math.max(2, Math.min(PADDING, (height * 0.6) / Math.max(1, tallest)));
  const layout = sankey<{ node: PathNode }, { edge: PathEdge }>()
    .nodeId(({ node }) => node.key)
    // the column is the step, also of nodes that nobody is seen to leave or to reach
    .nodeAlign(({ node }, columns) => Math.min(columns - 1, node.column - first))
    .nodeWidth(NODE_WIDTH)
    .nodePadding(padding)
    .extent([
      [1, 4],
      [Math.max(2, width - 1), Math.max(5, height - 4)],
    ]);
  const graph = layout({
    nodes: nodes.map((node) => ({ node })),
    links: edges.map((edge) => ({ edge, source: edge.source, target: edge.target, value: edge.count })),
  });
  const pathOf = sankeyLinkHorizontal<{ node: PathNode }, { edge: PathEdge }>();
  const placedNodes = graph.nodes.map(({ node, x0 = 0, x1 = 0, y0 = 0, y1 = 0 }): PlacedNode => ({
    node,
    left: x0,
    top: y0,
    width: x1 - x0,
    height: Math.max(1, y1 - y0),
  }));
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const placedEdges = graph.links.flatMap((link): PlacedEdge[] => {
    const [source, target] = [byKey.get(link.edge.source), byKey.get(link.edge.target)];
    if (source === undefined || target === undefined) return [];
    return [{ edge: link.edge, source, target, path: pathOf(link) ?? '', width: Math.max(1, link.width ?? 1) }];
  });
  return { nodes: placedNodes, edges: placedEdges, padding };
}

function countsOf(nodes: readonly PathNode[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { column } of nodes) counts.set(column, (counts.get(column) ?? 0) + 1);
  return counts;
}
