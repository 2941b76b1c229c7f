import { SuuupraError } from '@suuupra/core';
import type { FixedColumn } from './columnar-text.ts';
import { openFixed, openWhitespace } from './columnar-text.ts';
import { DEFAULT_CSV_FORM, openCsv } from './csv.ts';
import { openNdjson } from './ndjson.ts';
import { openParquet } from './parquet.ts';
import type { Source } from './source.ts';

export const FORMATS = ['ndjson', 'csv', 'parquet', 'whitespace', 'fixed'] as const;
export type Format = (typeof FORMATS)[number];

/** How a file is laid out, as far as a mapping says it. */
export interface FileForm {
  readonly delimiter?: string | undefined;
  readonly quote?: string | undefined;
  readonly columns?: readonly string[] | readonly FixedColumn[] | undefined;
}

const ENDINGS: Readonly<Record<string, Format>> = {
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  csv: 'csv',
  tsv: 'csv',
  parquet: 'parquet',
};

const endingOf = (file: string): string => /\.([^.]+?)(?:\.gz)?$/i.exec(file)?.[1]?.toLowerCase() ?? '';

/**
 * The format that the ending of a file stands for, with or without `.gz` behind it.
 * @throws SuuupraError usage_invalid where it stands for none
 */
export function formatOfEnding(file: string): Format {
  const format = ENDINGS[endingOf(file)];
  if (format !== undefined) return format;
  throw new SuuupraError('usage_invalid', `The ending of ${file} does not say what it is`, {
    hint: `Say it with --format (${FORMATS.join(', ')}), or by \`format\` in the mapping.`,
  });
}

const isFixed = (columns: FileForm['columns']): columns is readonly FixedColumn[] => typeof columns?.[0] === 'object';

/**
 * Opens a file.
 * @throws SuuupraError mapping_invalid where the form does not fit the format; input_invalid where the file does not
 */
export async function openSource(file: string, format: Format, form: FileForm): Promise<Source> {
  const { columns } = form;
  const fixed = isFixed(columns);
  const refuse = (key: string, found: string, allowed: string): SuuupraError =>
    new SuuupraError('mapping_invalid', `${key} is ${found}, allowed is ${allowed}`);
  if (format === 'fixed') {
    if (fixed) return openFixed(file, columns);
    throw refuse('columns', columns === undefined ? 'nothing' : 'names only', 'a list of name, from and to');
  }
  if (fixed) throw refuse('columns', 'a list of places', `places only with the format fixed, not ${format}`);
  if (format === 'whitespace') {
    if (columns !== undefined) return openWhitespace(file, columns);
    throw refuse('columns', 'nothing', 'the names of the columns: such a file does not name them');
  }
  for (const key of ['delimiter', 'quote'] as const)
    if (form[key] !== undefined && format !== 'csv')
      throw refuse(key, JSON.stringify(form[key]), `a ${key} only with the format csv, not ${format}`);
  if (format === 'csv') {
    const delimiter = form.delimiter ?? (endingOf(file) === 'tsv' ? '\t' : DEFAULT_CSV_FORM.delimiter);
    return openCsv(file, { delimiter, quote: form.quote ?? DEFAULT_CSV_FORM.quote, columns });
  }
  if (columns !== undefined) throw refuse('columns', 'a list', `columns only where the file does not name them`);
  return format === 'parquet' ? openParquet(file) : openNdjson(file);
}
