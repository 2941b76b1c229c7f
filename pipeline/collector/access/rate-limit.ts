import { SuuupraError } from '@suuupra/core';

/** Bursts of this length at the full rate are let through. */
const BURST_SECONDS = 2;

/**
 * A token bucket. It may go below zero, so that a batch larger than the burst passes once and its sender then waits for
 * as long as the batch was too large.
 */
export class RateLimit {
  readonly #perSecond: number;
  readonly #now: () => number;
  #tokens: number;
  #filledAt: number;

  /** @param now a clock in milliseconds that never goes back */
  constructor(perSecond: number, now: () => number = () => performance.now()) {
    this.#perSecond = perSecond;
    this.#now = now;
    this.#tokens = perSecond * BURST_SECONDS;
    this.#filledAt = now();
  }

  /**
   * Takes room for a number of events; 0 asks only whether there is any.
   * @throws SuuupraError rate_limited with `details.retryAfterSeconds`
   */
  take(events: number): void {
    const now = this.#now();
    const filled = this.#tokens + ((now - this.#filledAt) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#perSecond * BURST_SECONDS, filled);
    this.#filledAt = now;
    if (this.#tokens < 1) {
      const retryAfterSeconds = Math.max(1, Math.ceil((1 - this.#tokens) / this.#perSecond));
      throw new SuuupraError('rate_limited', `more than ${String(this.#perSecond)} events per second`, {
        details: { retryAfterSeconds },
      });
    }
    this.#tokens -= events;
  }
}

/** A rate limit for each name. */
export function rateLimits(perSecond: number): (name: string) => RateLimit {
  const limits = new Map<string, RateLimit>();
  return (name) => {
    let limit = limits.get(name);
    if (limit === undefined) limits.set(name, (limit = new RateLimit(perSecond)));
    return limit;
  };
}
