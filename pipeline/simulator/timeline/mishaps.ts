import { Random } from '../chance/random.ts';

const SECOND = 1_000;
const MEDIAN_DELAY = 90 * SECOND;
const DELAY_SIGMA = 1.6;
const LONGEST_DELAY = 6 * 3_600 * SECOND;

/** What happens to an event on its way. */
export interface Fate {
  /** Milliseconds from when it happens to when it is sent. */
  readonly delay: number;
  /** When it is sent a second time: milliseconds after the first. */
  readonly again: number | undefined;
}

const GOOD: Fate = { delay: 0, again: undefined };

/**
 * Phones lose their connection and clients send again: some events come late, and so out of order, others twice.
 * A visit's mishaps have a stream of their own, so that the same things happen in it with and without them.
 */
export class Mishaps {
  private readonly share: number;

  /** @param share of the events to which something happens: half of them are late, half come twice */
  constructor(share: number) {
    this.share = share;
  }

  /** The fates of the events of a visit, one after the other. */
  of(visit: string): () => Fate {
    if (this.share === 0) return () => GOOD;
    const random = Random.named(`${visit}/mishaps`);
    return () => {
      const luck = random.uniform();
      if (luck >= this.share) return GOOD;
      const time = Math.ceil(Math.min(LONGEST_DELAY, random.logNormal(MEDIAN_DELAY, DELAY_SIGMA)));
      return luck < this.share / 2 ? { delay: time, again: undefined } : { delay: 0, again: time };
    };
  }
}
