import React from 'react';
import { DataTable } from '../shared/data-table.tsx';
import { percent, percentRange } from '../shared/format.ts';
import { usePanelStyles } from '../shared/styles.ts';
import { periodName, type ViewProps } from './view.ts';

const COLUMNS = [
  { name: 'Cohort', isText: true },
  { name: 'Period', isText: true },
  { name: 'Size' },
  { name: 'Came back' },
  { name: 'Rate' },
  { name: 'Interval' },
  { name: 'Over', isText: true },
];

/** All numbers as a table. */
export function RetentionTable({ retention, lines, periods, count, linksOf, height }: ViewProps) {
  const styles = usePanelStyles();
  const rows = lines.flatMap((line) =>
    periods.flatMap((at) => {
      const cell = line.cohort.cells[at];
      return cell === undefined ? [] : [{ line, at, cell }];
    }),
  );
  return (
    <DataTable
      label="Cohorts and periods"
      columns={COLUMNS}
      count={rows.length}
      height={height}
      row={(index) => {
        const row = rows[index];
        if (row === undefined) return [];
        const { line, at, cell } = row;
        const [link] = linksOf(cell);
        return [
          line.fullLabel,
          periodName(retention, at),
          count(cell.size),
          link === undefined ? (
            count(cell.count)
          ) : (
            <a className={styles.link} href={link.href} target={link.target} title={link.title} onClick={link.onClick}>
              {count(cell.count)}
            </a>
          ),
          percent(cell.rate.value),
          percentRange(cell.rate.low, cell.rate.high),
          cell.isComplete ? 'yes' : 'not yet',
        ];
      }}
    />
  );
}
