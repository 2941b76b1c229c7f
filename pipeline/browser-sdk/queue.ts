import { PREFIX, keysOf, type KeyValue } from './storage.ts';
import { randomId } from './uuid.ts';

const QUEUE = `${PREFIX}queue.`;
/** A queue that nobody has written for this long belongs to a page that is gone. */
const ORPHANED_MS = 30_000;
/** Most characters of a queue: browsers give a page about five million for all it stores. */
const MAX_LENGTH = 500_000;

/**
 * Events that the collector has not acknowledged, oldest first, each as its JSON text.
 *
 * Every page writes a queue of its own, so tabs never overwrite each other's. A queue whose page is gone is taken over by
 * the next one. Should both live, an event is sent twice and counts once, by its id.
 */
export class Queue {
  readonly #storage: KeyValue;
  readonly #maxEvents: number;
  readonly #key = QUEUE + randomId();
  #events: string[] = [];
  #length = 0;

  constructor(storage: KeyValue, maxEvents: number) {
    this.#storage = storage;
    this.#maxEvents = maxEvents;
  }

  get size(): number {
    return this.#events.length;
  }

  /** Adds events. Returns how many of the oldest had to go for them. */
  add(...events: readonly string[]): number {
    this.#events.push(...events);
    this.#length += events.reduce((sum, text) => sum + text.length, 0);
    let dropped = 0;
    while (this.#events.length > this.#maxEvents || this.#length > MAX_LENGTH) {
      this.#length -= this.#events.shift()?.length ?? 0;
      dropped += 1;
    }
    this.save();
    return dropped;
  }

  /** The oldest events, at least one if there is any. */
  first(maxEvents: number, maxLength: number): string[] {
    const taken: string[] = [];
    let length = 0;
    for (const text of this.#events.slice(0, maxEvents)) {
      length += text.length + 1;
      if (taken.length > 0 && length > maxLength) break;
      taken.push(text);
    }
    return taken;
  }

  remove(events: readonly string[]): void {
    const gone = new Set(events);
    this.#events = this.#events.filter((text) => !gone.has(text));
    this.#length = this.#events.reduce((sum, text) => sum + text.length, 0);
    this.save();
  }

  clear(): void {
    this.remove(this.#events);
  }

  /** Takes over the queues of pages that are gone. Returns how many events had to go for them. */
  adopt(): number {
    let dropped = 0;
    for (const key of keysOf(this.#storage, QUEUE)) {
      if (key === this.#key) continue;
      const [writtenAt, ...events] = (this.#storage.getItem(key) ?? '').split('\n');
      if (Date.now() - Number(writtenAt) < ORPHANED_MS) continue;
      dropped += this.add(...events); // first here, then gone there: a crash in between sends them twice
      this.#storage.removeItem(key);
    }
    return dropped;
  }

  /**
   * @param writtenAt 0 says that this page is about to go, so that the next one need not wait
   */
  save(writtenAt = Date.now()): void {
    try {
      if (this.#events.length === 0) this.#storage.removeItem(this.#key);
      else this.#storage.setItem(this.#key, [writtenAt, ...this.#events].join('\n'));
    } catch {
      // full: the events stay in memory for as long as the page does
    }
  }
}
