import React, { type ReactNode } from 'react';
import { usePanelStyles } from './styles.ts';
import { useVisibleRows } from './use-visible-rows.ts';

export interface TableColumn {
  readonly name: string;
  /** Texts stand left, numbers right. */
  readonly isText?: boolean;
}

interface Props {
  readonly label: string;
  readonly columns: readonly TableColumn[];
  readonly count: number;
  /** The cells of a row; the first is its head. */
  readonly row: (index: number) => readonly ReactNode[];
  readonly height: number;
}

const ROW_HEIGHT = 27;

/** All numbers as a table; draws only the rows that can be seen. A table wider than its panel is scrolled, by keys too. */
export function DataTable({ label, columns, count, row, height }: Props) {
  const styles = usePanelStyles();
  const { first, end, before, after, onScroll } = useVisibleRows(count, ROW_HEIGHT, height);
  const indexes = Array.from({ length: end - first }, (_, index) => first + index);
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={label} onScroll={onScroll}>
      <table className={styles.table} aria-rowcount={count + 1}>
        <thead>
          <tr>
            {columns.map(({ name, isText }, index) => (
              <th key={index} scope="col" data-text={isText === true ? '' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} />}
          {indexes.map((index) => (
            <tr key={index} aria-rowindex={index + 2} style={{ height: ROW_HEIGHT }}>
              {row(index).map((cell, at) =>
                at === 0 ? (
                  <th key={at} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={at} data-text={columns[at]?.isText === true ? '' : undefined}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
          {after > 0 && <Gap height={after} />}
        </tbody>
      </table>
    </div>
  );
}

/** The room of rows that are not drawn. */
export const Gap = ({ height }: { readonly height: number }) => (
  <tr aria-hidden="true">
    <td style={{ height, padding: 0, border: 0 }} />
  </tr>
);
