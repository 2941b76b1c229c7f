import type { Config } from '@suuupra/core';
import { createReconciler } from '../reconcile/context.ts';
import { running } from '../reconcile/stop.ts';

/**
 * The operators of a running job as lines of text, each under what it gives its rows to.
 * @throws SuuupraError not_found, flink_unreachable
 */
export async function explainJob(config: Config, name: string): Promise<string> {
  const { cluster } = createReconciler(config);
  const { id } = await running({ cluster }, name);
  const { nodes } = await cluster.plan(id);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const sources = new Set(nodes.flatMap((node) => node.inputs?.map((input) => input.id) ?? []));
  const lines: string[] = [];
  const visit = (nodeId: string, depth: number, strategy: string): void => {
    const node = byId.get(nodeId);
    if (!node) return;
    const text = plain(node.description)
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    const lead = `${'   '.repeat(depth)}${depth > 0 ? '└─ ' : ''}`;
    const how = strategy ? `${strategy.toLowerCase()} · ` : '';
    lines.push(`${lead}${how}×${String(node.parallelism)} ${text[0] ?? ''}`);
    for (const line of text.slice(1)) lines.push(`${' '.repeat(lead.length)}${line}`);
    for (const input of node.inputs ?? []) visit(input.id, depth + 1, input.ship_strategy ?? '');
  };
  for (const node of nodes) if (!sources.has(node.id)) visit(node.id, 0, '');
  return lines.join('\n');
}

/** Flink describes operators in HTML for its web interface. */
const plain = (html: string): string =>
  html
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/&gt;/g, '>')
    .replace(/&lt;/g, '<')
    .replace(/&amp;/g, '&');
