import { setTimeout as sleep } from 'node:timers/promises';
import { errorMessage } from '@suuupra/core';
import { Buffered, type Delivery, type Outcome, type Pending } from './buffer.ts';
import type { ResolvedOptions } from './options.ts';
import type { Sender } from './sender.ts';
import type { Spool } from './spool/spool.ts';

/** How long to wait before the spool is tried again. */
const SPOOL_PAUSE_MS = 1_000;

/**
 * The way of messages from the buffer to the broker: batch after batch, and over the disk while Kafka is away.
 *
 *     add → buffer → batch ──→ broker
 *                       └→ spool ─┘     when the broker did not answer for `spool.afterMs`, until it does again
 */
export class Outbox {
  readonly count = { taken: 0, delivered: 0, spooled: 0, failed: 0, batches: 0, bytes: 0 };
  readonly #options: ResolvedOptions;
  readonly #sender: Sender;
  readonly #spool: Spool | undefined;
  readonly #buffer: Buffered;
  /** Calls of `flush` and how many messages each waits for. */
  readonly #flushes = new Set<{ readonly until: number; readonly done: () => void }>();
  /** Ends the wait for more messages to share the batch. */
  #hurry: () => void = () => undefined;
  #running = false;
  /** Batches go straight to disk: the last one that was tried did not get through. */
  #away = false;
  #draining: Promise<void> | undefined;
  readonly #closing = new AbortController();

  constructor(sender: Sender, spool: Spool | undefined, options: ResolvedOptions) {
    this.#options = options;
    this.#sender = sender;
    this.#spool = spool;
    this.#buffer = new Buffered(options);
    if (spool?.isEmpty === false) this.#drain();
  }

  /** Messages that wait, and bytes of those that wait or are being sent. */
  get waiting(): { readonly messages: number; readonly bytes: number; readonly spooledBytes: number } {
    return { messages: this.#buffer.count, bytes: this.#buffer.bytes, spooledBytes: this.#spool?.bytes ?? 0 };
  }

  /** Whether messages wait for a broker that does not take them. False once nothing waits: the next one finds out. */
  get isStalled(): boolean {
    return this.#running && this.#sender.failing;
  }

  fits = (bytes: number): boolean => this.#buffer.fits(bytes);
  room = (bytes: number): Promise<void> => this.#buffer.room(bytes);

  add(message: Pending): void {
    this.#buffer.add(message);
    this.count.taken += 1;
    if (this.#buffer.batchIsFull) this.#hurry();
    if (!this.#running) void this.#run();
  }

  /** Waits until every message taken so far is delivered, spooled or failed. */
  async flush(): Promise<void> {
    if (this.#settled >= this.count.taken) return;
    await new Promise<void>((done) => {
      this.#flushes.add({ until: this.count.taken, done });
      this.#hurry();
    });
  }

  /** After a flush: ends the work on the spool, whose messages stay on disk. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#draining;
    await this.#spool?.close();
  }

  get #settled(): number {
    return this.count.delivered + this.count.spooled + this.count.failed;
  }

  /** Sends batch after batch until the buffer is empty. */
  async #run(): Promise<void> {
    this.#running = true;
    while (this.#buffer.count > 0) {
      if (!this.#buffer.batchIsFull && this.#flushes.size === 0) await this.#linger();
      const batch = this.#buffer.takeBatch();
      await this.#dispatch(batch);
      this.#buffer.release(batch);
      for (const flush of this.#flushes)
        if (this.#settled >= flush.until) {
          this.#flushes.delete(flush);
          flush.done();
        }
    }
    this.#running = false;
  }

  async #linger(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#options.lingerMs);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#hurry = () => undefined;
  }

  async #dispatch(batch: readonly Pending[]): Promise<void> {
    if (this.#away && this.#spool !== undefined) {
      await this.#keep(this.#spool, batch, new Error('Kafka is away'));
      return;
    }
    const { deliveryTimeoutMs, spool } = this.#options;
    const patience = spool === undefined ? deliveryTimeoutMs : Math.min(spool.afterMs, deliveryTimeoutMs);
    try {
      const deliveries = await this.#sender.deliver(batch, (batch[0] as Pending).takenAt + patience);
      this.count.batches += 1;
      this.count.bytes += batch.reduce((sum, { value }) => sum + value.length, 0);
      this.#settle(batch, 'delivered', (index) => ({ state: 'delivered', delivery: deliveries[index] as Delivery }));
    } catch (error) {
      if (this.#spool === undefined) this.#settle(batch, 'failed', () => ({ state: 'failed', error: error as Error }));
      else await this.#keep(this.#spool, batch, error as Error);
    }
  }

  /** Puts a batch on disk, except what its sender wants to see at the broker or nowhere. */
  async #keep(spool: Spool, batch: readonly Pending[], error: Error): Promise<void> {
    const stays = batch.filter(({ mayWait }) => mayWait);
    const goes = batch.filter(({ mayWait }) => !mayWait);
    this.#settle(goes, 'failed', () => ({ state: 'failed', error }));
    if (stays.length === 0) return;
    try {
      await spool.append(stays);
      this.#away = true;
      this.#settle(stays, 'spooled', () => ({ state: 'spooled' }));
      this.#drain();
    } catch (cause) {
      const failure = new Error(`${error.message}; not spooled: ${errorMessage(cause)}`, { cause });
      this.#settle(stays, 'failed', () => ({ state: 'failed', error: failure }));
    }
  }

  #settle(batch: readonly Pending[], state: Outcome['state'], outcome: (index: number) => Outcome): void {
    this.count[state] += batch.length;
    batch.forEach((message, index) => {
      message.settle(outcome(index), message);
    });
  }

  /** Sends what lies on disk until nothing is left there. */
  #drain(): void {
    if (this.#spool === undefined || this.#draining !== undefined) return;
    this.#draining = this.#drainAll(this.#spool).finally(() => {
      this.#draining = undefined;
      if (this.#spool?.isEmpty === false && !this.#closing.signal.aborted) this.#drain();
    });
  }

  async #drainAll(spool: Spool): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        const batch = await spool.oldest();
        if (batch === undefined) break;
        await this.#sender.deliver(batch, performance.now() + SPOOL_PAUSE_MS);
        await spool.dropOldest();
        this.#away = false;
      } catch (error) {
        this.#options.logger?.warn({ error: errorMessage(error) }, 'spooled events wait for Kafka');
        await sleep(SPOOL_PAUSE_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
