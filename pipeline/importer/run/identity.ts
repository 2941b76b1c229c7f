import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const HEAD_BYTES = 64 << 10;

/** What must be the same for an interrupted import to go on where it stopped. */
export interface ImportIdentity {
  /** Absolute path of the file. */
  readonly file: string;
  readonly size: number;
  readonly modified: string;
  /** SHA-256 of the first 64 KiB. */
  readonly head: string;
  /** SHA-256 of the mapping and of all joined files; null without a mapping. */
  readonly mapping: string | null;
  readonly format: string;
  readonly topic: string;
  readonly brokers: readonly string[];
}

/** SHA-256 of several texts or buffers, each with its length, so that the border between them counts. */
export function digest(parts: readonly (string | Buffer)[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(`${String(Buffer.byteLength(part))}:`).update(part);
  return sum.digest('hex');
}

/** What is known of a file itself. */
export async function fileIdentity(file: string): Promise<Pick<ImportIdentity, 'file' | 'size' | 'modified' | 'head'>> {
  const absolute = path.resolve(file);
  const handle = await fs.promises.open(absolute);
  try {
    const { size, mtime } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(HEAD_BYTES, size));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return { file: absolute, size, modified: mtime.toISOString(), head: digest([buffer.subarray(0, bytesRead)]) };
  } finally {
    await handle.close();
  }
}

/** The folder in which an import keeps its state: one per file and topic, readable by people. */
export function stateFolder(home: string, { file, topic, brokers }: ImportIdentity): string {
  const short = digest([file, topic, ...brokers]).slice(0, 12);
  return path.join(home, 'imports', `${path.basename(file)}-${short}`);
}
