import fs from 'node:fs/promises';
import path from 'node:path';
import { SuuupraError, type Logger } from '@suuupra/core';
import type { Message } from '../buffer.ts';
import { decodeBatch, encodeBatch } from './batch-file.ts';
import { takeLock } from './lock.ts';

interface SpooledFile {
  readonly name: string;
  readonly bytes: number;
}

const BATCH_FILE = /^\d{12}\.batch$/;

/**
 * Batches of messages on disk, oldest first, a file each. A file appears whole (written beside, synced, renamed) and goes
 * when its messages are delivered; a crash in between sends them again, which their event ids make harmless.
 */
export class Spool {
  readonly #directory: string;
  readonly #maxBytes: number;
  readonly #unlock: () => Promise<void>;
  readonly #logger: Logger | undefined;
  readonly #files: SpooledFile[];
  #next: number;
  #bytes: number;

  private constructor(
    directory: string,
    maxBytes: number,
    files: SpooledFile[],
    unlock: () => Promise<void>,
    logger: Logger | undefined,
  ) {
    this.#directory = directory;
    this.#maxBytes = maxBytes;
    this.#files = files;
    this.#unlock = unlock;
    this.#logger = logger;
    this.#next = 1 + Number.parseInt(files.at(-1)?.name ?? '0', 10);
    this.#bytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /**
   * @param directory of one topic; made where it is missing
   * @throws SuuupraError spool_in_use
   */
  static async open(directory: string, maxBytes: number, logger?: Logger): Promise<Spool> {
    await fs.mkdir(directory, { recursive: true, mode: 0o700 });
    const unlock = await takeLock(path.join(directory, 'lock'));
    const files: SpooledFile[] = [];
    for (const name of (await fs.readdir(directory)).toSorted())
      if (BATCH_FILE.test(name)) files.push({ name, bytes: (await fs.stat(path.join(directory, name))).size });
      else if (name.endsWith('.part')) await fs.rm(path.join(directory, name)); // its messages were never taken
    return new Spool(directory, maxBytes, files, unlock, logger);
  }

  /** Bytes on disk. */
  get bytes(): number {
    return this.#bytes;
  }

  get isEmpty(): boolean {
    return this.#files.length === 0;
  }

  /**
   * Returns when the messages are on the disk itself.
   * @throws SuuupraError spool_full, and whatever the disk throws
   */
  async append(messages: readonly Message[]): Promise<void> {
    const batch = encodeBatch(messages);
    if (this.#bytes + batch.length > this.#maxBytes)
      throw new SuuupraError('spool_full', `${this.#directory} holds ${String(this.#bytes)} bytes`);
    const name = `${String(this.#next++).padStart(12, '0')}.batch`;
    const file = path.join(this.#directory, name);
    await fs.writeFile(`${file}.part`, batch, { flush: true, mode: 0o600 });
    await fs.rename(`${file}.part`, file);
    await this.#syncDirectory();
    this.#files.push({ name, bytes: batch.length });
    this.#bytes += batch.length;
  }

  /** The oldest batch; undefined when there is none. A file that cannot be read is put aside, and said. */
  async oldest(): Promise<readonly Message[] | undefined> {
    for (;;) {
      const first = this.#files[0];
      if (first === undefined) return undefined;
      const file = path.join(this.#directory, first.name);
      const messages = decodeBatch(await fs.readFile(file));
      if (messages !== undefined) return messages;
      await fs.rename(file, `${file}.damaged`);
      this.#forget(first);
      this.#logger?.error({ file: `${file}.damaged` }, 'a spooled batch is damaged and was put aside');
    }
  }

  /** The oldest batch is delivered. */
  async dropOldest(): Promise<void> {
    const first = this.#files[0];
    if (first === undefined) return;
    await fs.rm(path.join(this.#directory, first.name), { force: true });
    this.#forget(first);
  }

  async close(): Promise<void> {
    await this.#unlock();
  }

  #forget(file: SpooledFile): void {
    this.#files.shift();
    this.#bytes -= file.bytes;
  }

  /** A renamed file is sure to be there after a power failure only when its directory was synced. */
  async #syncDirectory(): Promise<void> {
    const handle = await fs.open(this.#directory, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}
