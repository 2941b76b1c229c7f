import { execFile } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BATCH = 64;
const { O_NONBLOCK, O_RDONLY, O_WRONLY } = fs.constants;

/**
 * Named pipes between the engine and the HTTP connections. The engine reads and writes data in any format only from
 * and to files; a pipe is a file with back-pressure. Each is used once, so that no query ever meets the rest of another's data.
 */
export class Pipes {
  readonly #directory: string;
  #ready: string[] = [];
  #made = 0;
  #making: Promise<void> | undefined;

  /** @param directory emptied before; its path must be free of quotes and wildcards, which file names of the engine are not */
  constructor(directory: string) {
    this.#directory = directory;
    fs.rmSync(directory, { recursive: true, force: true });
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  }

  /** The path of a new pipe. */
  async take(): Promise<string> {
    if (this.#ready.length < BATCH / 2) this.#making ??= this.#make().finally(() => (this.#making = undefined));
    while (this.#ready.length === 0) await (this.#making ??= this.#make().finally(() => (this.#making = undefined)));
    return this.#ready.shift() as string;
  }

  /** A path for a result that is to be whole before it is sent. */
  file(): string {
    return path.join(this.#directory, `f${String(this.#made++)}`);
  }

  async #make(): Promise<void> {
    const paths = Array.from({ length: BATCH }, () => path.join(this.#directory, `p${String(this.#made++)}`));
    await run('mkfifo', ['-m', '600', ...paths]);
    this.#ready.push(...paths);
  }

  remove(pipe: string): void {
    fs.rmSync(pipe, { force: true });
  }
}

/** The end of a pipe from which a result of the engine is read. */
export class ResultPipe {
  readonly chunks: net.Socket;
  /** A writer of our own: without one, the pipe would be at its end before the engine has opened it, or for ever not. */
  #keeper: number | undefined;

  constructor(pipe: string) {
    this.chunks = new net.Socket({ fd: fs.openSync(pipe, O_RDONLY | O_NONBLOCK), readable: true, writable: false });
    this.#keeper = fs.openSync(pipe, O_WRONLY | O_NONBLOCK);
  }

  /** To be called when the query is over: the reader then comes to the end after all that the engine has written. */
  finish(): void {
    if (this.#keeper !== undefined) fs.closeSync(this.#keeper);
    this.#keeper = undefined;
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Opens the end of a pipe into which the data of an INSERT are written.
 * @param ended whether the query is already over (it may fail before it opens the pipe)
 * @returns undefined if the query ended first
 */
export async function openInsertPipe(pipe: string, ended: () => boolean): Promise<net.Socket | undefined> {
  while (!ended()) {
    try {
      const fd = fs.openSync(pipe, O_WRONLY | O_NONBLOCK);
      return new net.Socket({ fd, readable: false, writable: true });
    } catch (error) {
      // ENXIO: nobody reads yet. Opening and closing too early would leave the engine waiting for a writer for ever.
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
      await pause(1);
    }
  }
  return undefined;
}
