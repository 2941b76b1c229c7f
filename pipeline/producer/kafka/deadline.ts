import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Rejects when the time is over; what was raced against it goes on unheard.
 * @param deadline by `performance.now()`
 */
export async function before<T>(deadline: number, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const timeout = sleep(Math.max(0, deadline - performance.now()), undefined, { signal: over.signal }).then(() => {
    throw new Error('Kafka did not answer in time');
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    over.abort();
    timeout.catch(() => undefined);
    work.catch(() => undefined);
  }
}
