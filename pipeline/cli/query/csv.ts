import type { Row } from '@suuupra/clickhouse';

/** A field as RFC 4180 has it. Null is an empty field, the empty text a quoted one. */
function field(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows under a line of their columns' names, lines ended by CR LF. */
export const toCsv = (columns: readonly string[], rows: readonly Row[]): string =>
  [columns.map(field), ...rows.map((row) => columns.map((name) => field(row[name])))]
    .map((line) => `${line.join(',')}\r\n`)
    .join('');
