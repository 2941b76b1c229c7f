import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  readonly timeoutMs: number;
  readonly intervalMs?: number;
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_INTERVAL_MS = 250;

/**
 * Asks again and again until there is an answer.
 * @param ask returns undefined as long as there is none
 * @returns undefined when the time is over
 */
export async function poll<T>(ask: () => Promise<T | undefined>, options: WaitOptions): Promise<T | undefined> {
  const end = Date.now() + options.timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() >= end) return undefined;
    await sleep(options.intervalMs ?? DEFAULT_INTERVAL_MS, undefined, { signal: options.signal });
  }
}
