import { openLineSource } from './line-source.ts';
import type { Source } from './source.ts';

/** A column at fixed places of a line: characters `from` to `to`, from 1, both included. */
export interface FixedColumn {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** A file whose columns stand between runs of blanks. A row with more or fewer columns is refused. */
export const openWhitespace = (file: string, columns: readonly string[]): Promise<Source> =>
  openLineSource(file, columns, (text) => {
    const values = text.trim().split(/[ \t]+/);
    if (values.length === columns.length) return { values };
    const found = `${String(values.length)} columns`;
    return { fault: { path: '', found, allowed: `${String(columns.length)} columns (${columns.join(', ')})` } };
  });

/** A file whose columns stand at fixed places. A line may end early: what is not there is empty. */
export const openFixed = (file: string, columns: readonly FixedColumn[]): Promise<Source> =>
  openLineSource(
    file,
    columns.map(({ name }) => name),
    (text) => ({ values: columns.map(({ from, to }) => text.slice(from - 1, to).trim()) }),
  );
