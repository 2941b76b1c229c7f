import type { Problem } from './options.ts';
import type { Queue } from './queue.ts';

const BATCH_EVENTS = 50;
/** Browsers let 64 KiB of a page be under way when it is left; three bytes of UTF-8 are the most for a character here. */
const BATCH_LENGTH = 20_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 300_000;

interface Answer {
  readonly detail?: string;
  readonly events?: readonly { readonly status: string; readonly message?: string }[];
}

/** Sends what is in the queue, and again until the collector has said of every event what became of it. */
export class Transport {
  readonly #address: string;
  readonly #queue: Queue;
  readonly #report: (problem: Problem) => void;
  #sending: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;

  /** @param address of the collector with the write key in it: what needs no header needs no preflight either */
  constructor(address: string, queue: Queue, report: (problem: Problem) => void) {
    this.#address = address;
    this.#queue = queue;
    this.#report = report;
  }

  /** Sends after a while, unless that is planned already. */
  schedule(afterMs: number): void {
    this.#timer ??= setTimeout(() => void this.flush(), afterMs);
  }

  /** Sends all that waits. Returns when it is sent, or when the collector is not there. */
  flush(): Promise<void> {
    this.cancel();
    return (this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    }));
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /**
   * Hands the oldest events to the browser, which sends them even if the page is gone. As nobody learns whether they
   * arrived, they stay in the queue and are sent again later.
   */
  beacon(): void {
    const batch = this.#queue.first(BATCH_EVENTS, BATCH_LENGTH);
    if (batch.length > 0) navigator.sendBeacon(this.#address, `[${batch.join()}]`);
  }

  async #sendAll(): Promise<void> {
    let most = BATCH_EVENTS;
    while (this.#queue.size > 0) {
      const batch = this.#queue.first(most, BATCH_LENGTH);
      const outcome = await this.#send(batch);
      if (outcome === 'split' && batch.length > 1) most = Math.ceil(batch.length / 2);
      else if (typeof outcome === 'number') {
        this.schedule(outcome);
        return;
      } else this.#queue.remove(batch);
    }
  }

  /** @returns `done`, `split` where the batch is too large, or after how many milliseconds to try again */
  async #send(batch: readonly string[]): Promise<'done' | 'split' | number> {
    let response: Response;
    let answer: Answer;
    try {
      const body = `[${batch.join()}]`;
      const headers = { 'content-type': 'text/plain' };
      response = await fetch(this.#address, { method: 'POST', body, headers, keepalive: true, credentials: 'omit' });
      answer = (await response.json()) as Answer;
    } catch (error) {
      return this.#pause(String(error));
    }
    const { status } = response;
    if (status === 413) {
      if (batch.length === 1) this.#report({ code: 'refused', message: 'an event is too large' });
      return 'split';
    }
    // 400 is for good; a wrong key, a wrong origin and a full collector may be set right.
    if (!answer.events && status !== 400)
      return this.#pause(answer.detail ?? String(status), Number(response.headers.get('retry-after')) * 1000);
    this.#failures = 0;
    for (const { status: state, message = '' } of answer.events ?? [{ status: 'refused', message: answer.detail }])
      if (state === 'refused') this.#report({ code: 'refused', message });
    return 'done';
  }

  /** Twice as long after each failure, and not the same for all visitors. */
  #pause(message: string, atLeast = 0): number {
    this.#report({ code: 'unreachable', message });
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures);
    this.#failures += 1;
    return Math.max(atLeast, pause * (0.5 + Math.random() / 2));
  }

  /** The network is back: what was learned of it before is worth nothing. */
  retryNow(): void {
    this.#failures = 0;
    void this.flush();
  }
}
