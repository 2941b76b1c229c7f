import { cx } from '@emotion/css';
import React, { memo } from 'react';
import type { Cell, Retention } from './model.ts';
import { useRetentionStyles } from './styles.ts';
import { periodName, type Line } from './view.ts';
import { cellWords } from './words.ts';

interface Props {
  readonly retention: Retention;
  readonly line: Line;
  readonly periods: readonly number[];
  /** Position of the row in the stage, and the column that the Tab key leads to, if that is in this row. */
  readonly row: number;
  readonly stop: number | undefined;
  readonly look: (rate: number) => { background: string; color: string };
  readonly text: (cell: Cell) => string;
  readonly count: (value: number) => string;
  readonly labelWidth: number;
  readonly showSize: boolean;
  readonly cellWidth: number;
  readonly height: number;
}

/** One cohort. Drawn again only when something of it changes: there may be thousands of cells. */
export const HeatRow = memo(function HeatRow(props: Props) {
  const { retention, line, periods, row, stop, look, text, count, labelWidth, showSize, cellWidth, height } = props;
  const styles = useRetentionStyles();
  const { cohort, label, isSmall } = line;
  return (
    <div className={cx(styles.row, cohort.start === null && styles.mean)} style={{ height: height + 2 }}>
      <span className={styles.label} style={{ width: labelWidth }} title={line.fullLabel}>
        {label}
        {showSize && <span className={styles.size}>{count(cohort.size)}</span>}
      </span>
      {periods.map((at, column) => {
        const cell = cohort.cells[at];
        if (cell === undefined) return <span key={at} className={styles.absent} style={{ minWidth: cellWidth }} />;
        const own = isSmall ? undefined : look(cell.rate.value ?? 0);
        return (
          <span
            key={at}
            role="img"
            aria-label={cellWords(cell, line, periodName(retention, at), count)}
            data-place={`${String(row)}/${String(column)}`}
            tabIndex={column === stop ? 0 : -1}
            className={cx(styles.cell, isSmall && styles.small, !cell.isComplete && styles.incomplete)}
            style={{ minWidth: cellWidth, ...(own && { backgroundColor: own.background, color: own.color }) }}
          >
            <span className={styles.number}>{text(cell)}</span>
          </span>
        );
      })}
    </div>
  );
});
