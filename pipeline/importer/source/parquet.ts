import fs from 'node:fs';
import { SuuupraError, errorMessage } from '@suuupra/core';
import {
  asyncBufferFromFile,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type AsyncBuffer,
  type FileMetaData,
  type SchemaTree,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { Source, SourceRow } from './source.ts';

const BATCH_ROWS = 1000;

/** Puts right what hyparquet gives for a column: decimals come as binary fractions that are off in the last digits. */
function correction({ element }: SchemaTree): ((value: unknown) => unknown) | undefined {
  if (element.converted_type !== 'DECIMAL' && element.logical_type?.type !== 'DECIMAL') return undefined;
  const scale = element.scale ?? 0;
  return (value) => (typeof value === 'number' ? Number(value.toFixed(scale)) : value);
}

/** The columns of one row group, each as one array. */
async function readGroup(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: readonly SchemaTree[],
  rowStart: number,
  rowEnd: number,
): Promise<readonly (readonly unknown[])[]> {
  const parts = new Map<string, { readonly start: number; readonly values: ArrayLike<unknown> }[]>();
  await parquetRead({
    file,
    metadata,
    compressors,
    rowStart,
    rowEnd,
    // JSON stays text here, so that broken JSON refuses a row and not the file.
    parsers: { jsonFromBytes: (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('utf8') },
    onChunk({ columnName, columnData, rowStart: start }) {
      const known = parts.get(columnName);
      if (known === undefined) parts.set(columnName, [{ start, values: columnData }]);
      else known.push({ start, values: columnData });
    },
  });
  return columns.map((column) => {
    const whole: unknown[] = new Array(rowEnd - rowStart);
    for (const { start, values } of parts.get(column.element.name) ?? [])
      for (let at = 0; at < values.length; at++) whole[start - rowStart + at] = values[at];
    const correct = correction(column);
    return correct === undefined ? whole : whole.map(correct);
  });
}

const jsonOf = (columns: readonly string[], values: readonly unknown[]): string =>
  JSON.stringify(Object.fromEntries(columns.map((name, at) => [name, values[at]])), (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );

/**
 * A Parquet file in any of the usual compressions, read one row group at a time: a row group is what it needs in memory.
 * @throws SuuupraError input_invalid where the file is no Parquet
 */
export async function openParquet(path: string): Promise<Source> {
  const unreadable = (error: unknown): SuuupraError =>
    new SuuupraError('input_invalid', `${path} is not readable as Parquet: ${errorMessage(error)}`, { cause: error });
  await fs.promises.access(path, fs.constants.R_OK);
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file).catch((error: unknown) => {
    throw unreadable(error);
  });
  const trees = parquetSchema(metadata).children;
  const columns = trees.map(({ element }) => element.name);

  return {
    columns,
    size: Number(metadata.num_rows),
    unit: 'rows',
    async *read(from, onProgress) {
      let groupStart = 0;
      for (const { num_rows } of metadata.row_groups) {
        const groupEnd = groupStart + Number(num_rows);
        if (groupEnd > from.row) {
          const group = await readGroup(file, metadata, trees, groupStart, groupEnd).catch((error: unknown) => {
            throw unreadable(error);
          });
          for (let row = Math.max(groupStart, from.row); row < groupEnd; row += BATCH_ROWS) {
            const upTo = Math.min(row + BATCH_ROWS, groupEnd);
            onProgress?.(row);
            yield rowsOf(columns, group, groupStart, row, upTo);
          }
        }
        groupStart = groupEnd;
      }
      onProgress?.(groupStart);
    },
  };
}

function rowsOf(
  columns: readonly string[],
  group: readonly (readonly unknown[])[],
  groupStart: number,
  from: number,
  to: number,
): SourceRow[] {
  const rows: SourceRow[] = [];
  for (let row = from; row < to; row++) {
    const values = group.map((column) => column[row - groupStart]);
    rows.push({
      row,
      line: row + 1,
      end: { row: row + 1, line: row + 2, offset: 0 },
      content: { values },
      raw: () => ({ text: jsonOf(columns, values) }),
    });
  }
  return rows;
}
