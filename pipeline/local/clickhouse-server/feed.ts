import type { Socket } from 'node:net';
import type { Chunks } from './chunks.ts';
import { ClickHouseError } from './errors.ts';
import { drained } from './flow.ts';

/** A client that sends nothing for so many milliseconds in the middle of its data is given up: its query holds a place. */
const PATIENCE = 300_000;

/** Carries the data of a client into a pipe until they end, or until the query has ended before them. */
export class Feed {
  readonly #data: Chunks;
  #stopped = false;
  #wake: (() => void) | undefined;

  constructor(data: Chunks) {
    this.#data = data;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** The query is over: nothing more is needed. */
  stop(): void {
    this.#stopped = true;
    this.#wake?.();
  }

  /** @throws what the data throw when the client goes away, and 209 if it keeps silent */
  async into(pipe: Socket): Promise<void> {
    pipe.on('error', () => undefined); // EPIPE: the engine has stopped reading, its own error says why
    while (!this.#stopped) {
      const chunk = await this.#next();
      if (chunk === undefined) return;
      // a pipe that the engine no longer reads fails and closes, so that this wait ends with the query
      if (!pipe.write(chunk)) await drained(pipe);
    }
  }

  /** The next chunk; undefined at the end of the data or of the query, whichever comes first. */
  #next(): Promise<Buffer | undefined> {
    return new Promise((resolve, reject) => {
      const silent = setTimeout(() => {
        reject(new ClickHouseError(209, 'SOCKET_TIMEOUT', `No data from the client for ${String(PATIENCE)} ms`));
      }, PATIENCE);
      this.#wake = () => {
        clearTimeout(silent);
        resolve(undefined);
      };
      this.#data
        .next()
        .then(resolve, reject)
        .finally(() => clearTimeout(silent));
    });
  }
}
