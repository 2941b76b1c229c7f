import fs from 'node:fs';
import path from 'node:path';

/**
 * Many append-only lists of small records of equal length. A list stays in memory until its buffer is full and then
 * goes to a file of its own, so that any number of records needs no more memory than one buffer per list.
 */
export class Spool {
  private readonly folder: string;
  private readonly name: string;
  private readonly recordBytes: number;
  private readonly bufferRecords: number;
  private readonly lists = new Map<number, { buffer: Buffer; used: number; spilled: boolean }>();

  /**
   * @param folder that exists; its files of this name are overwritten
   * @param bufferRecords records of a list that are kept in memory
   */
  constructor(folder: string, name: string, recordBytes: number, bufferRecords: number) {
    this.folder = folder;
    this.name = name;
    this.recordBytes = recordBytes;
    this.bufferRecords = bufferRecords;
  }

  /** Adds a record; `write` fills it at an offset of a buffer. */
  append(list: number, write: (buffer: Buffer, offset: number) => void): void {
    let entry = this.lists.get(list);
    if (entry === undefined) {
      entry = { buffer: Buffer.allocUnsafe(this.bufferRecords * this.recordBytes), used: 0, spilled: false };
      this.lists.set(list, entry);
    }
    if (entry.used === entry.buffer.length) {
      // The first spill of a list makes its file anew: one left by a run that was killed must not grow.
      fs.writeFileSync(this.file(list), entry.buffer, { flag: entry.spilled ? 'a' : 'w' });
      entry.spilled = true;
      entry.used = 0;
    }
    write(entry.buffer, entry.used);
    entry.used += this.recordBytes;
  }

  /** All records of a list in the order in which they were added. */
  read(list: number): Buffer {
    const entry = this.lists.get(list);
    if (entry === undefined) return Buffer.alloc(0);
    const rest = entry.buffer.subarray(0, entry.used);
    return entry.spilled ? Buffer.concat([fs.readFileSync(this.file(list)), rest]) : rest;
  }

  /** Lists with at least one record. */
  get used(): readonly number[] {
    return [...this.lists.keys()].sort((a, b) => a - b);
  }

  /** Forgets a list and removes its file. */
  drop(list: number): void {
    if (this.lists.get(list)?.spilled === true) fs.rmSync(this.file(list), { force: true });
    this.lists.delete(list);
  }

  private file(list: number): string {
    return path.join(this.folder, `${this.name}-${String(list)}.bin`);
  }
}
