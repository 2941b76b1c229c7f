import type { DataFrame, Field } from '@grafana/data';
import { fieldNamed, numberAt, textAt } from '../shared/fields.ts';
import { frameWith, metaOf } from '../shared/frame-meta.ts';
import type { Unreadable } from '../shared/unread.tsx';

/** An event at one step of the way. */
export interface PathNode {
  /** Unique among all nodes. */
  readonly key: string;
  readonly name: string;
  /** From 1; a way of n steps has n + 1 columns of nodes. */
  readonly column: number;
  /** Users that come in or, in the first column, go out. */
  readonly count: number;
}

/** From one event to the next. */
export interface PathEdge {
  readonly step: number;
  /** Keys of its nodes. */
  readonly source: string;
  readonly target: string;
  readonly count: number;
  /** Of all that leave the source. */
  readonly share: number;
  readonly row: number;
}

export interface Paths {
  readonly nodes: readonly PathNode[];
  readonly edges: readonly PathEdge[];
  readonly countField: Field;
  readonly steps: number;
  readonly isTruncated: boolean;
}

export type PathsReading = { readonly kind: 'paths'; readonly paths: Paths } | Unreadable;

/** The node into which the analysis adds up what is beyond its limit. */
export const OTHER = 'other';

const keyOf = (column: number, name: string): string => `${String(column)}/${name}`;

/** Reads the frame that the analysis of paths returns; README.md has its fields. */
export function readPaths(frames: readonly DataFrame[]): PathsReading {
  const withFields = frames.filter((item) => item.fields.length > 0);
  if (withFields.length === 0) return { kind: 'empty' };
  const frame = frameWith(withFields, ['step', 'source', 'target', 'count']);
  const countField = frame && fieldNamed(frame, 'count');
  if (frame === undefined || countField === undefined)
    return { kind: 'unfit', missing: 'columns "step", "source", "target" and "count"' };
  const edges = withShares(readEdges(frame, countField));
  if (edges.length === 0) return { kind: 'empty' };
  const nodes = nodesOf(edges);
  const steps = Math.max(...nodes.map(({ column }) => column)) - Math.min(...nodes.map(({ column }) => column));
  return { kind: 'paths', paths: { nodes, edges, countField, steps, isTruncated: metaOf(frame).truncated } };
}

function readEdges(frame: DataFrame, countField: Field): Omit<PathEdge, 'share'>[] {
  const [stepField, sourceField, targetField] = ['step', 'source', 'target'].map((name) => fieldNamed(frame, name));
  const edges: Omit<PathEdge, 'share'>[] = [];
  for (let row = 0; row < frame.length; row++) {
    const [step, count] = [numberAt(stepField, row), numberAt(countField, row)];
    const [source, target] = [textAt(sourceField, row), textAt(targetField, row)];
    // an edge that nobody takes is none
    if (step === null || count === null || count <= 0 || source === null || target === null) continue;
    edges.push({ step, source: keyOf(step, source), target: keyOf(step + 1, target), count, row });
  }
  return edges;
}

function withShares(edges: readonly Omit<PathEdge, 'share'>[]): PathEdge[] {
  const left = new Map<string, number>();
  for (const { source, count } of edges) left.set(source, (left.get(source) ?? 0) + count);
  return edges.map((edge) => ({ ...edge, share: edge.count / (left.get(edge.source) ?? edge.count) }));
}

function nodesOf(edges: readonly PathEdge[]): PathNode[] {
  const incoming = new Map<string, number>();
  const outgoing = new Map<string, number>();
  for (const { source, target, count } of edges) {
    outgoing.set(source, (outgoing.get(source) ?? 0) + count);
    incoming.set(target, (incoming.get(target) ?? 0) + count);
  }
  return [...new Set([...outgoing.keys(), ...incoming.keys()])]
    .map((key): PathNode => {
      const at = key.indexOf('/');
      const count = Math.max(incoming.get(key) ?? 0, outgoing.get(key) ?? 0);
      return { key, name: key.slice(at + 1), column: Number(key.slice(0, at)), count };
    })
    .sort((a, b) => a.column - b.column || Number(a.name === OTHER) - Number(b.name === OTHER) || b.count - a.count);
}

/** At most so many edges, the largest of them; nodes without an edge go. */
export function largestOf(paths: Paths, most: number): Paths {
  if (paths.edges.length <= most) return paths;
  const edges = [...paths.edges].sort((a, b) => b.count - a.count).slice(0, most);
  const kept = new Set(edges.flatMap(({ source, target }) => [source, target]));
  return { ...paths, edges, nodes: paths.nodes.filter(({ key }) => kept.has(key)) };
}
