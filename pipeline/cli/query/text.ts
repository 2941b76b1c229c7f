import type { Answer } from '@suuupra/clickhouse';
import pc from 'picocolors';
import { table } from '../stack/picture.ts';
import { funnelBars } from './funnel.ts';
import { retentionGrid } from './retention.ts';

/** How analyses are drawn; all others are tables of their rows. */
const DRAWN: Readonly<Record<string, (answer: Answer, width: number) => string>> = {
  funnel: funnelBars,
  retention: retentionGrid,
};

const cell = (value: unknown): string => {
  if (value === null || value === undefined) return '–';
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
};

function footer({ meta, rows }: Answer): string {
  const facts = [
    `${rows.length.toLocaleString('en-US')} rows`,
    `${meta.rows_read.toLocaleString('en-US')} events read`,
    `${String(meta.elapsed_ms)} ms`,
    ...(meta.complete_until === null ? [] : [`complete up to ${meta.complete_until}`]),
  ];
  return [pc.dim(facts.join(' · ')), ...meta.warnings.map((warning) => pc.yellow(warning))].join('\n');
}

/**
 * An answer for people.
 * @param columns names of the columns, in order
 * @param width of the terminal in characters
 */
export function toText(answer: Answer, columns: readonly string[], width: number): string {
  const draw = DRAWN[answer.analysis];
  const rows = (): string =>
    table(
      columns,
      answer.rows.map((row) => columns.map((name) => cell(row[name]))),
    );
  return `${draw === undefined ? rows() : draw(answer, width)}\n\n${footer(answer)}\n`;
}
