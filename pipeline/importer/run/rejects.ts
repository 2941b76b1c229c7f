import fs from 'node:fs';
import path from 'node:path';
import type { Fault } from '@suuupra/contracts';
import type { SourceRow } from '../source/source.ts';

/** A refused row as it stands in the file of refused rows, one JSON object per line. */
export interface Reject {
  readonly line: number;
  readonly faults: readonly Fault[];
  /** The row as text, or its bytes where they are none. */
  readonly raw?: string;
  readonly raw_base64?: string;
  /** Length of a row that was too long to keep: `raw_base64` is its beginning. */
  readonly raw_bytes?: number;
}

/** How many refused rows are kept to be shown. */
const SHOWN = 10;

function toReject({ line, raw }: SourceRow, faults: readonly Fault[]): Reject {
  const kept = raw();
  if ('text' in kept) return { line, faults, raw: kept.text };
  const bytes = { line, faults, raw_base64: kept.bytes.toString('base64') };
  return kept.cutFrom === undefined ? bytes : { ...bytes, raw_bytes: kept.cutFrom };
}

/** Writes refused rows to a file, which is made with the first of them. */
export class Rejects {
  readonly file: string | undefined;
  /** The first of this run. */
  readonly first: Reject[] = [];
  /** Length of the file, with what `flush` has yet to write. */
  bytes = 0;
  private unwritten = '';

  /**
   * @param file undefined to write none
   * @param bytes how much of an existing file counts: what an interrupted run wrote beyond its checkpoint is cut off
   */
  constructor(file: string | undefined, bytes: number) {
    this.file = file;
    if (file === undefined) return;
    const { size } = fs.statSync(file, { throwIfNoEntry: false }) ?? { size: 0 };
    this.bytes = Math.min(bytes, size);
    if (this.bytes > 0) fs.truncateSync(file, this.bytes);
    else fs.rmSync(file, { force: true });
  }

  add(row: SourceRow, faults: readonly Fault[]): void {
    const reject = toReject(row, faults);
    if (this.first.length < SHOWN) this.first.push(reject);
    if (this.file === undefined) return;
    const line = `${JSON.stringify(reject)}\n`;
    this.unwritten += line;
    this.bytes += Buffer.byteLength(line);
  }

  /** Writes what was added. A checkpoint may count on it only afterwards. */
  flush(): void {
    if (this.file === undefined || this.unwritten === '') return;
    fs.mkdirSync(path.dirname(this.file), { recursive: true });
    fs.appendFileSync(this.file, this.unwritten);
    this.unwritten = '';
  }
}
