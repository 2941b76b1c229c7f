const FIRST_MS = 500;
const LONGEST_MS = 30_000;
/** A part that worked this long has recovered: the next failure is a first one again. */
const RECOVERED_MS = 60_000;

/** Waiting times between restarts: 0.5 s, doubled with every failure in a row, at most 30 s. */
export class Backoff {
  #failures = 0;

  /**
   * @param workedMs how long the part had worked when it failed
   * @returns how long to wait before the next start, in milliseconds
   */
  next(workedMs: number): number {
    if (workedMs >= RECOVERED_MS) this.#failures = 0;
    const delay = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#failures);
    this.#failures++;
    return delay;
  }
}
