import { hash } from 'node:crypto';
import { Spool } from './spool.ts';

/** Equal rows meet in one of these many lists, by the first byte of their fingerprint. */
const FINGERPRINT_LISTS = 256;
const FINGERPRINT_BYTES = 8;
const ROW_BYTES = 8;
const ORDINAL_BYTES = 4;

export interface OrdinalLimits {
  /** Records that a list keeps in memory before it goes to disk. */
  readonly bufferRecords: number;
  /** Rows whose ordinals are in memory at once while they are asked for. */
  readonly windowRows: number;
}

const DEFAULT_LIMITS: OrdinalLimits = { bufferRecords: 4096, windowRows: 1 << 20 };

/**
 * Counts equal rows of a file of any length in flat memory: which row is the how-manieth of its kind.
 *
 * 1. Each row leaves its fingerprint and its number in the list of that fingerprint (`add`, in the order of the file).
 * 2. Each list fits in memory and is counted by itself; what is not the first of its kind goes, by its number, to the
 *    window of rows it belongs to (`finish`).
 * 3. Ordinals are asked for in the order of the file, and one window is in memory at a time (`ordinalOf`).
 */
export class Ordinals {
  private readonly fingerprints: Spool;
  private readonly repeats: Spool;
  private readonly windowRows: number;
  private window: { readonly number: number; readonly ordinals: ReadonlyMap<number, number> } | undefined;

  /** @param folder that exists, for what does not fit in memory */
  constructor(folder: string, limits: OrdinalLimits = DEFAULT_LIMITS) {
    this.fingerprints = new Spool(folder, 'rows', FINGERPRINT_BYTES + ROW_BYTES, limits.bufferRecords);
    this.repeats = new Spool(folder, 'repeats', ROW_BYTES + ORDINAL_BYTES, limits.bufferRecords);
    this.windowRows = limits.windowRows;
  }

  /** @param row number of the row; rows are added in ascending order */
  add(row: number, canonical: string): void {
    const fingerprint = hash('sha1', canonical, 'buffer');
    this.fingerprints.append((fingerprint[0] as number) % FINGERPRINT_LISTS, (buffer, at) => {
      fingerprint.copy(buffer, at, 0, FINGERPRINT_BYTES);
      buffer.writeDoubleLE(row, at + FINGERPRINT_BYTES);
    });
  }

  /** Counts what was added. */
  finish(): void {
    for (const list of this.fingerprints.used) {
      const records = this.fingerprints.read(list);
      const seen = new Map<bigint, number>();
      for (let at = 0; at < records.length; at += FINGERPRINT_BYTES + ROW_BYTES) {
        const fingerprint = records.readBigUInt64LE(at);
        const ordinal = (seen.get(fingerprint) ?? 0) + 1;
        seen.set(fingerprint, ordinal);
        if (ordinal > 1) this.addRepeat(records.readDoubleLE(at + FINGERPRINT_BYTES), ordinal);
      }
      this.fingerprints.drop(list);
    }
  }

  private addRepeat(row: number, ordinal: number): void {
    this.repeats.append(Math.floor(row / this.windowRows), (buffer, at) => {
      buffer.writeDoubleLE(row, at);
      buffer.writeUInt32LE(ordinal, at + ROW_BYTES);
    });
  }

  /** Which of its kind a row is, from 1. */
  ordinalOf(row: number): number {
    const number = Math.floor(row / this.windowRows);
    if (this.window?.number !== number) this.window = { number, ordinals: this.readWindow(number) };
    return this.window.ordinals.get(row) ?? 1;
  }

  private readWindow(number: number): ReadonlyMap<number, number> {
    const records = this.repeats.read(number);
    const ordinals = new Map<number, number>();
    for (let at = 0; at < records.length; at += ROW_BYTES + ORDINAL_BYTES)
      ordinals.set(records.readDoubleLE(at), records.readUInt32LE(at + ROW_BYTES));
    return ordinals;
  }
}
