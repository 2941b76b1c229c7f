import { sleep } from './sleep.ts';

const TRIES = 10;
const DELAY_MS = 500;

/** Whether a client of Kafka says of its error that the same request may succeed in a moment. */
const passes = (error: unknown): boolean =>
  error instanceof Error && ((error as { retriable?: unknown }).retriable === true || passes(error.cause));

/**
 * Runs work that may be repeated, and repeats it while it fails for reasons that pass by themselves: a broker that has
 * just made a topic may answer for a moment that it has none of that name.
 */
export async function withPatience<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === TRIES || signal.aborted || !passes(error)) throw error;
      await sleep(DELAY_MS, signal);
    }
  }
}
