import fs from 'node:fs';
import { SuuupraError } from '@suuupra/core';
import { isGzip, readBytes } from './bytes.ts';
import { CsvRecords } from './csv-records.ts';
import { readLines, type LineStart } from './lines.ts';
import { START, type Position, type Source } from './source.ts';

export interface CsvForm {
  /** One character between fields. */
  readonly delimiter: string;
  /** One character around fields that contain a delimiter, a quote or an end of line; doubled within. */
  readonly quote: string;
  /** Names of the columns where the file has no header line. */
  readonly columns?: readonly string[] | undefined;
}

export const DEFAULT_CSV_FORM: CsvForm = { delimiter: ',', quote: '"' };

/** The header of a file and where the first row after it begins. */
async function readHeader(
  file: string,
  gzip: boolean,
  form: CsvForm,
): Promise<{ columns: readonly string[]; after: LineStart }> {
  const records = new CsvRecords(form);
  const lines = readLines(readBytes(file, gzip, 0), START);
  for (let next = await lines.next(); ; next = await lines.next()) {
    const [first] = next.done === true ? records.finish() : records.add(next.value);
    if (first !== undefined) {
      await lines.return(undefined);
      if ('fields' in first) return { columns: first.fields, after: first.end };
      throw new SuuupraError('input_invalid', `${file} has no readable header line: found ${first.fault.found}`);
    }
    if (next.done === true)
      throw new SuuupraError('input_invalid', `${file} is empty: a CSV file begins with a header line`);
  }
}

function checkColumns(file: string, columns: readonly string[]): void {
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined)
    throw new SuuupraError('input_invalid', `${file} has two columns named ${JSON.stringify(twice)}`, {
      hint: 'Name the columns in the mapping (`columns`), or rename one in the file.',
    });
}

/**
 * A CSV file (RFC 4180; LF or CR LF; UTF-8), plain or gzip. A row with more or fewer fields than the header is refused.
 * @throws SuuupraError input_invalid where it has no header, or a header with a name twice
 */
export async function openCsv(file: string, form: CsvForm = DEFAULT_CSV_FORM): Promise<Source> {
  const gzip = await isGzip(file);
  const { size } = await fs.promises.stat(file);
  const header =
    form.columns === undefined ? await readHeader(file, gzip, form) : { columns: form.columns, after: START };
  checkColumns(file, header.columns);
  const { columns } = header;
  const first: Position = { row: 0, ...header.after };

  return {
    columns,
    size,
    unit: 'bytes',
    async *read(from, onProgress) {
      const start = from.offset === 0 ? first : from;
      let { row } = start;
      const records = new CsvRecords(form);
      const toRow = (record: ReturnType<CsvRecords['add']>[number]) => {
        const end: Position = { row: row + 1, ...record.end };
        const { line, raw } = record;
        if ('fault' in record) return { row: row++, line, end, raw, content: { fault: record.fault } };
        if (record.fields.length === columns.length)
          return { row: row++, line, end, raw, content: { values: record.fields } };
        const found = `${String(record.fields.length)} fields`;
        const allowed = `${String(columns.length)} fields (${columns.join(', ')})`;
        return { row: row++, line, end, raw, content: { fault: { path: '', found, allowed } } };
      };
      for await (const lines of readLines(readBytes(file, gzip, start.offset, onProgress), start)) {
        const rows = records.add(lines).map(toRow);
        if (rows.length > 0) yield rows;
      }
      const rest = records.finish().map(toRow);
      if (rest.length > 0) yield rest;
    },
  };
}
