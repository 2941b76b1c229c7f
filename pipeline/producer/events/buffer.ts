export interface Message {
  readonly key: string;
  readonly value: Buffer;
}

/** A message that waits for its delivery. */
export interface Pending extends Message {
  /** When it was taken, by `performance.now()`. */
  readonly takenAt: number;
  /** Called once. */
  readonly settle: (outcome: Outcome, message: Message) => void;
  /** Whether a spool may keep it while Kafka is away. */
  readonly mayWait: boolean;
}

/** What became of an event: stored by the broker, kept on disk until Kafka is back, or neither. */
export type Outcome =
  | { readonly state: 'delivered'; readonly delivery: Delivery }
  | { readonly state: 'spooled' }
  | { readonly state: 'failed'; readonly error: Error };

export interface Delivery {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

interface Limits {
  readonly bufferBytes: number;
  readonly batchEvents: number;
  readonly batchBytes: number;
}

/** Kafka's own bytes around a record, at most. */
const RECORD_OVERHEAD = 70;

export const sizeOf = ({ key, value }: Message): number => key.length + value.length + RECORD_OVERHEAD;

/** A first-in-first-out buffer with a limit in bytes: those who add wait for room in the order in which they came. */
export class Buffered {
  #queue: Pending[] = [];
  #head = 0;
  /** Of what is queued or in flight. */
  #bytes = 0;
  #queuedBytes = 0;
  readonly #limits: Limits;
  readonly #waiting: (() => void)[] = [];

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#queue.length - this.#head;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether a batch could not take any more. */
  get batchIsFull(): boolean {
    return this.count >= this.#limits.batchEvents || this.#queuedBytes >= this.#limits.batchBytes;
  }

  /** Whether there is room now; what is larger than the whole buffer finds it when the buffer is empty. */
  fits(bytes: number): boolean {
    return this.#bytes === 0 || this.#bytes + bytes <= this.#limits.bufferBytes;
  }

  /** Waits until there is room. */
  async room(bytes: number): Promise<void> {
    while (!this.fits(bytes)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  add(message: Pending): void {
    this.#queue.push(message);
    this.#bytes += sizeOf(message);
    this.#queuedBytes += sizeOf(message);
  }

  /** Takes the next batch out: at least one message, and no more than the limits of a batch. */
  takeBatch(): Pending[] {
    const batch: Pending[] = [];
    let bytes = 0;
    while (this.#head < this.#queue.length && batch.length < this.#limits.batchEvents) {
      const next = this.#queue[this.#head] as Pending;
      if (batch.length > 0 && bytes + sizeOf(next) > this.#limits.batchBytes) break;
      bytes += sizeOf(next);
      batch.push(next);
      this.#head += 1;
    }
    this.#queuedBytes -= bytes;
    if (this.#head === this.#queue.length) {
      this.#queue = [];
      this.#head = 0;
    } else if (this.#head > 50_000) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    return batch;
  }

  /** Gives back the room of messages that are settled; until then a batch in flight counts as buffered. */
  release(messages: readonly Pending[]): void {
    for (const message of messages) this.#bytes -= sizeOf(message);
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
