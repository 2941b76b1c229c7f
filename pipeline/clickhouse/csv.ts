import type { Row } from './run-query.ts';

/** A field as RFC 4180 has it. Null is an empty field, the empty text a quoted one. */
function field(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const line = (values: readonly unknown[]): string => `${values.map(field).join(',')}\r\n`;

/** The line of the columns' names. */
export const csvHead = (columns: readonly string[]): string => line(columns);

/** A line per row; all lines end by CR LF. */
export const csvRows = (columns: readonly string[], rows: readonly Row[]): string =>
  rows.map((row) => line(columns.map((name) => row[name]))).join('');

/** Rows under a line of their columns' names. */
export const toCsv = (columns: readonly string[], rows: readonly Row[]): string =>
  csvHead(columns) + csvRows(columns, rows);
