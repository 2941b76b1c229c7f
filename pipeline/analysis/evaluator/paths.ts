/** Paths: what users do one after the other within a session. */
import type { PathsDefinition, Row } from './definition.ts';
import { compareBytes, propertyOf, textOf } from './filters.ts';
import type { Log } from './log.ts';
import { isInRange } from './log.ts';
import { sessionsOf } from './sessions.ts';

/** Nodes by position; undefined at positions before the first. */
type Path = readonly (string | undefined)[];

/**
 * The nodes of each session's path, at most `depth` of them; none where `start` or `end` does not occur. Paths from a
 * start share their first position, paths to an end their last one.
 */
function nodesOf(log: Log, definition: PathsDefinition): Path[] {
  const { node, start, end, depth } = definition;
  const paths: Path[] = [];
  for (const session of sessionsOf(log, definition.gap_seconds)) {
    if (!isInRange(session.start, definition)) continue;
    const nodes: string[] = [];
    for (const event of session.events) {
      const found = node === undefined ? event.event_type : propertyOf(event, node);
      if (found !== undefined) nodes.push(textOf(found));
    }
    const first = start === undefined ? 0 : nodes.indexOf(start);
    const last = end === undefined ? nodes.length - 1 : nodes.indexOf(end);
    if (first < 0 || last < 0) continue;
    if (end === undefined) paths.push(nodes.slice(first, first + depth));
    else paths.push([...Array.from({ length: depth }, () => undefined), ...nodes.slice(0, last + 1)].slice(-depth));
  }
  return paths;
}

/** Which nodes are shown at a position: those of most paths, the smallest bytes among equals. */
function shownAt(paths: readonly Path[], position: number, limit: number): Set<string> {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const node = path[position];
    if (node !== undefined) counts.set(node, (counts.get(node) ?? 0) + 1);
  }
  const ranked = [...counts].sort(([a, x], [b, y]) => y - x || compareBytes(a, b));
  return new Set(ranked.slice(0, limit).map(([node]) => node));
}

/** A row per step and edge. */
export function paths(log: Log, definition: PathsDefinition): Row[] {
  const all = nodesOf(log, definition);
  const rows: Row[] = [];
  for (let step = 1; step < definition.depth; step += 1) {
    const [sources, targets] = [step - 1, step].map((position) => shownAt(all, position, definition.limit));
    const counts = new Map<string, number>();
    for (const path of all) {
      const [source, target] = [path[step - 1], path[step]];
      if (source === undefined || target === undefined) continue;
      const edge = [sources?.has(source) ? source : 'other', targets?.has(target) ? target : 'other'];
      const key = JSON.stringify(edge);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const edges = [...counts].map(([key, count]) => ({ edge: JSON.parse(key) as [string, string], count }));
    edges.sort((left, right) => compareBytes(left.edge[0], right.edge[0]) || compareBytes(left.edge[1], right.edge[1]));
    for (const { edge, count } of edges) rows.push({ step, source: edge[0], target: edge[1], count });
  }
  return rows;
}
