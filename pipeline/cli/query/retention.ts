import type { Answer, Row } from '@suuupra/clickhouse';
import pc from 'picocolors';
import { table } from '../stack/picture.ts';
import { count, percent } from './numbers.ts';

const cohortOf = (row: Row): string => (row.cohort === null ? 'all' : String(row.cohort).slice(0, 10));

/** A column of the grid: the number of a period, or the days of a bracket. */
const columnOf = (row: Row): string =>
  row.period === undefined ? `${String(row.from_day)}–${String(row.to_day)}` : String(row.period);

/** A rate, dimmed with a star where its period is not over yet. */
const cell = (row: Row | undefined): string => {
  if (row === undefined) return '';
  return row.complete === false ? pc.dim(`${percent(row.rate)}*`) : percent(row.rate);
};

/** Retention as a grid: cohorts down, periods across, the share of the cohort that came back in each. */
export function retentionGrid({ rows }: Answer): string {
  const cohorts = [...new Set(rows.map(cohortOf))];
  const columns = [...new Set(rows.map(columnOf))];
  const cells = new Map(rows.map((row) => [`${cohortOf(row)} ${columnOf(row)}`, row]));
  const lines = cohorts.map((cohort) => {
    const own = columns.map((column) => cells.get(`${cohort} ${column}`));
    // The pooled cohort has a size of its own in every period.
    const size = cohort === 'all' ? '' : count(own.find((row) => row !== undefined)?.size);
    return [cohort, size, ...own.map(cell)];
  });
  const note = rows.some((row) => row.complete === false) ? `\n${pc.dim('* the period is not over yet')}` : '';
  return table(['cohort', 'size', ...columns], lines) + note;
}
