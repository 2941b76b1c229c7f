import type { DataFrame } from '@grafana/data';

export type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

/** The rows of a frame by the names of its fields; times are milliseconds. */
export function rowsOf(frame: DataFrame): Row[] {
  // Vectors of 10.1 are no arrays.
  const columns = frame.fields.map(
    ({ name, values }) => [name, Array.from(values as Iterable<Cell | undefined>)] as const,
  );
  return Array.from({ length: frame.length }, (_, index) =>
    Object.fromEntries(columns.map(([name, cells]) => [name, cells[index] ?? null])),
  );
}

/** A cell as a text; empty where there is none. */
export const textOf = (cell: Cell | undefined): string => (cell === null || cell === undefined ? '' : String(cell));

/** A cell as a number; undefined where there is none. Money travels as text. */
export function numberOf(cell: Cell | undefined): number | undefined {
  if (cell === null || cell === undefined || cell === '') return undefined;
  const number = Number(cell);
  return Number.isFinite(number) ? number : undefined;
}
