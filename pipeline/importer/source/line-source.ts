import { isUtf8 } from 'node:buffer';
import fs from 'node:fs';
import { isGzip, readBytes } from './bytes.ts';
import { MAX_LINE_BYTES, readLines, type Line } from './lines.ts';
import type { RawRow, RowContent, Source, SourceRow } from './source.ts';

/** The text of a line, or what is wrong with its bytes. */
export function lineText(line: Line): { readonly text: string } | Extract<RowContent, { fault: unknown }> {
  if (line.cutFrom !== undefined) {
    const allowed = `at most ${String(MAX_LINE_BYTES)} bytes`;
    return { fault: { path: '', found: `a line of ${String(line.cutFrom)} bytes`, allowed } };
  }
  if (!isUtf8(line.bytes)) return { fault: { path: '', found: 'bytes that are not UTF-8', allowed: 'UTF-8 text' } };
  return { text: line.bytes.toString('utf8') };
}

/** A line as it is kept in the file of refused rows. */
export function rawLine({ bytes, cutFrom }: Line): RawRow {
  if (cutFrom !== undefined) return { bytes, cutFrom };
  return isUtf8(bytes) ? { text: bytes.toString('utf8') } : { bytes };
}

/** A row that is exactly one line. */
export const rowOfLine = (line: Line, row: number, content: RowContent): SourceRow => ({
  row,
  line: line.number,
  end: { row: row + 1, line: line.number + 1, offset: line.end },
  content,
  raw: () => rawLine(line),
});

const SPACE = 0x20;
const TAB = 0x09;

/** Whether a line holds nothing but blanks: such lines are no rows. */
export const isBlank = (line: Line): boolean =>
  line.cutFrom === undefined && line.bytes.every((byte) => byte === SPACE || byte === TAB);

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
  const content = (line: Line): RowContent => {
    const read = lineText(line);
    return 'fault' in read ? read : parse(read.text);
  };
  return {
    columns,
    size,
    unit: 'bytes',
    async *read(from, onProgress) {
      let row = from.row;
      for await (const lines of readLines(readBytes(file, gzip, from.offset, onProgress), from)) {
        const rows = lines.filter((line) => !isBlank(line)).map((line) => rowOfLine(line, row++, content(line)));
        if (rows.length > 0) yield rows;
      }
    },
  };
}
