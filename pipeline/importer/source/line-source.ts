import fs from 'node:fs';
import type { Fault } from '@suuupra/contracts';
import { isGzip, readBytes } from './bytes.ts';
import { MAX_LINE_BYTES, readLines, type Line } from './lines.ts';
import type { RawRow, RowContent, Source, SourceRow } from './source.ts';

/** What is wrong with a line that has no text. */
export const faultOfBytes = ({ cutFrom }: Line): Fault =>
  cutFrom === undefined
    ? { path: '', found: 'bytes that are not UTF-8', allowed: 'UTF-8 text' }
    : { path: '', found: `a line of ${String(cutFrom)} bytes`, allowed: `at most ${String(MAX_LINE_BYTES)} bytes` };

/** A line as it is kept in the file of refused rows. */
export function rawLine({ content, cutFrom }: Line): RawRow {
  if (typeof content === 'string') return { text: content };
  return cutFrom === undefined ? { bytes: content } : { bytes: content, cutFrom };
}

/** A row that is exactly one line. */
export const rowOfLine = (line: Line, row: number, content: RowContent): SourceRow => ({
  row,
  line: line.number,
  end: { row: row + 1, line: line.number + 1, offset: line.end },
  content,
  raw: () => rawLine(line),
});

/** Whether a line holds nothing but blanks: such lines are no rows. */
export const isBlank = ({ content }: Line): boolean => typeof content === 'string' && /^[ \t]*$/.test(content);

/**
 * A file of which every line that is not blank is a row, plain or gzip.
 * @param columns names of the columns, or undefined where every row names its own
 * @param parse the row of a line's text
 */
export async function openLineSource(
  file: string,
  columns: readonly string[] | undefined,
  parse: (text: string) => RowContent,
): Promise<Source> {
  const gzip = await isGzip(file);
  const { size } = await fs.promises.stat(file);
  const contentOf = (line: Line): RowContent =>
    typeof line.content === 'string' ? parse(line.content) : { fault: faultOfBytes(line) };
  return {
    columns,
    size,
    unit: 'bytes',
    async *read(from, onProgress) {
      let row = from.row;
      for await (const lines of readLines(readBytes(file, gzip, from.offset, onProgress), from)) {
        const rows = lines.filter((line) => !isBlank(line)).map((line) => rowOfLine(line, row++, contentOf(line)));
        if (rows.length > 0) yield rows;
      }
    },
  };
}
