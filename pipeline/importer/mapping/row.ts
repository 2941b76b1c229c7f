import type { Fault } from '@suuupra/contracts';
import type { RowValues } from '../source/source.ts';

/** A row while it is mapped. */
export interface MappedRow {
  readonly values: RowValues;
  /** Its first line in the file. */
  readonly line: number;
  /** The row of each joined file that belongs to it, in the order of the joins; undefined where none does. */
  readonly joined: (readonly unknown[] | undefined)[];
  /** The id of the event, as soon as it is known. */
  eventId: string | undefined;
  readonly faults: Fault[];
}

/** Reads something of a row; undefined where it is absent. */
export type Read = (row: MappedRow) => unknown;
