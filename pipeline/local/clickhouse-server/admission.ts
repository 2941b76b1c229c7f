import { raise } from './errors.ts';

interface Waiting {
  readonly admit: () => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Lets a limited number of queries run; the others wait in order. Every running query holds a thread of libuv's
 * pool for as long as it runs, so that without a limit none would be left to cancel one.
 */
export class Admission {
  readonly #places: number;
  readonly #seats: number;
  readonly #patience: number;
  readonly #waiting = new Set<Waiting>();
  #running = 0;

  /**
   * @param places queries that run at the same time
   * @param seats queries that may wait
   * @param patience milliseconds that one waits
   */
  constructor(places: number, seats: number, patience: number) {
    this.#places = places;
    this.#seats = seats;
    this.#patience = patience;
  }

  get running(): number {
    return this.#running;
  }

  /**
   * Waits for a place.
   * @param gone whether the client has left while it waited
   * @returns gives the place back; to be called once
   * @throws ClickHouseError 202, which is HTTP status 503
   */
  async enter(): Promise<() => void> {
    if (this.#running >= this.#places) await this.#wait();
    else this.#running++;
    let inside = true;
    return () => {
      if (inside) this.#leave();
      inside = false;
    };
  }

  #wait(): Promise<void> {
    const facts = `${String(this.#places)} run and ${String(this.#waiting.size)} wait`;
    if (this.#waiting.size >= this.#seats)
      return Promise.reject(raise.tooManyQueries(`Too many simultaneous queries: ${facts}`));
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        admit: resolve,
        timer: setTimeout(() => {
          this.#waiting.delete(entry);
          reject(raise.tooManyQueries(`Too many simultaneous queries: waited ${String(this.#patience)} ms; ${facts}`));
        }, this.#patience),
      };
      this.#waiting.add(entry);
    });
  }

  /** Hands the place to the one that has waited longest. */
  #leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#running--;
      return;
    }
    this.#waiting.delete(next);
    clearTimeout(next.timer);
    next.admit();
  }
}
