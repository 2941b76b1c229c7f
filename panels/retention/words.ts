import { percent, percentRange } from '../shared/format.ts';
import type { Cell, Retention } from './model.ts';
import { periodName, type Line } from './view.ts';

/** A cell for a screen reader. */
export function cellWords(
  cell: Cell,
  { fullLabel, isSmall }: Line,
  period: string,
  count: (value: number) => string,
): string {
  const parts = [
    `${fullLabel}, ${period.toLowerCase()}: ${percent(cell.rate.value)}`,
    `${count(cell.count)} of ${count(cell.size)} users`,
    `interval ${percentRange(cell.rate.low, cell.rate.high)}`,
  ];
  if (!cell.isComplete) parts.push('not yet complete');
  if (isSmall) parts.push('small cohort');
  return `${parts.join(', ')}.`;
}

/** The whole panel in a few sentences: all cohorts together, period by period. */
export function panelWords(retention: Retention, lines: readonly Line[], count: (value: number) => string): string {
  const { cohorts, pooled } = retention;
  const newest = lines.at(-1);
  const words = [`${String(cohorts.length)} cohorts${newest === undefined ? '' : `, the newest ${newest.fullLabel}`}.`];
  if (pooled !== undefined) {
    const rates = pooled.cells.flatMap((cell, at) =>
      cell === undefined ? [] : [`${percent(cell.rate.value)} in ${periodName(retention, at).toLowerCase()}`],
    );
    words.push(`Of ${count(pooled.size)} users in all, ${rates.slice(0, 12).join(', ')} came back.`);
  }
  return words.join(' ');
}
