import type { Fault } from '@suuupra/contracts';

/** Where reading goes on after a row. A position is valid only for the very file it was taken from. */
export interface Position {
  /** Rows before it. */
  readonly row: number;
  /** Number of the next line, from 1. In Parquet, which has no lines, the number of the next row. */
  readonly line: number;
  /** Bytes before it, after decompression. Unused in Parquet. */
  readonly offset: number;
}

export const START: Position = { row: 0, line: 1, offset: 0 };

/** The values of a row: in the order of the source's columns, or an object where every row names its own (NDJSON). */
export type RowValues = readonly unknown[] | Readonly<Record<string, unknown>>;

/** What a row looks like in its file, for the file of refused rows. */
export type RawRow = { readonly text: string } | { readonly bytes: Buffer; readonly cutFrom?: number };

/** What was read, or what is wrong with it. */
export type RowContent = { readonly values: RowValues } | { readonly fault: Fault };

/** A row of a file, or the reason why there is none. */
export interface SourceRow {
  /** Rows before this one. */
  readonly row: number;
  /** Its first line, from 1; in Parquet the number of the row. */
  readonly line: number;
  /** Where reading goes on after it. */
  readonly end: Position;
  readonly content: RowContent;
  readonly raw: () => RawRow;
}

/** A file that is read in batches of rows, any number of times, from any position. */
export interface Source {
  /** Names of the columns in the order of a row's values; undefined where every row names its own. */
  readonly columns: readonly string[] | undefined;
  /** Length of the file in `unit`s, for progress. */
  readonly size: number;
  readonly unit: 'bytes' | 'rows';
  /**
   * Reads on from a position. `onProgress` is told how far the file itself is read, in `unit`s.
   * @throws SuuupraError input_invalid where the file as a whole cannot be read further
   */
  read(from: Position, onProgress?: (done: number) => void): AsyncIterable<readonly SourceRow[]>;
}
