import { describeFaults, validateEvent, type AnalyticsEvent, type Fault } from '@suuupra/contracts';
import { decodeEvent, eventEncoder } from '@suuupra/contracts/avro';
import { SuuupraError, type Config } from '@suuupra/core';
import { registeredContract } from '../registry/contracts.ts';
import { Buffered, sizeOf, type Delivery, type Outcome, type Pending } from './buffer.ts';
import { withDefaults, type ProducerOptions, type ResolvedOptions } from './options.ts';
import { Sender } from './sender.ts';

export type ProducerConfig = Pick<Config, 'kafkaBrokers' | 'registryUrl'>;

/** What a producer has done so far. */
export interface ProducerStats {
  /** Events that `send`, `sendMany` and `deliver` took. */
  readonly accepted: number;
  /** Events that the broker has acknowledged, in the order in which they were accepted. */
  readonly delivered: number;
  readonly failed: number;
  /** Events that did not satisfy the contract. */
  readonly refused: number;
  readonly batches: number;
  readonly retries: number;
  /** Bytes of delivered messages before compression. */
  readonly bytes: number;
  readonly buffered: number;
  readonly bufferedBytes: number;
}

export interface EventProducer {
  /**
   * Takes an event into the buffer and waits only while the buffer is full. Whether it was delivered is said by `flush`.
   * @param event checked against the contract, in JSON form
   * @throws SuuupraError event_invalid naming the field; kafka_delivery_failed as long as `flush` has not reported a failure
   */
  send(event: unknown): Promise<void>;
  /** As `send` for each in turn; the first that is refused ends it, those before it are taken. */
  sendMany(events: Iterable<unknown> | AsyncIterable<unknown>): Promise<void>;
  /** Takes an event and waits until the broker has stored it. */
  deliver(event: unknown): Promise<Delivery>;
  /**
   * Waits until every event taken so far is delivered.
   * @throws SuuupraError kafka_delivery_failed with the undelivered events in `details.events`
   */
  flush(): Promise<void>;
  /** Flushes and disconnects. Nothing is taken afterwards. */
  close(): Promise<void>;
  stats(): ProducerStats;
}

class BatchingProducer implements EventProducer {
  readonly #options: ResolvedOptions;
  readonly #encode: (event: AnalyticsEvent) => Buffer;
  readonly #sender: Sender;
  readonly #buffer: Buffered;
  readonly #count = { accepted: 0, delivered: 0, failed: 0, refused: 0, batches: 0, bytes: 0 };
  readonly #undelivered: Pending[] = [];
  #failure: SuuupraError | undefined;
  #running = false;
  /** Ends the wait for more events to share the batch. */
  #hurry: () => void = () => undefined;
  /** Calls of `flush` and how many accepted events each waits for. */
  readonly #flushes = new Set<{ readonly until: number; readonly done: () => void }>();
  #closed = false;

  constructor(sender: Sender, encode: (event: AnalyticsEvent) => Buffer, options: ResolvedOptions) {
    this.#options = options;
    this.#encode = encode;
    this.#sender = sender;
    this.#buffer = new Buffered(options);
  }

  async send(event: unknown): Promise<void> {
    await this.#accept(this.#message(event, undefined));
  }

  async sendMany(events: Iterable<unknown> | AsyncIterable<unknown>): Promise<void> {
    for await (const event of events) await this.send(event);
  }

  async deliver(event: unknown): Promise<Delivery> {
    const { promise, settle } = settled();
    await this.#accept(this.#message(event, settle));
    return await promise;
  }

  async flush(): Promise<void> {
    if (this.#settled < this.#count.accepted)
      await new Promise<void>((done) => {
        this.#flushes.add({ until: this.#count.accepted, done });
        this.#hurry();
      });
    const failure = this.#failure;
    this.#failure = undefined;
    const events = this.#undelivered.splice(0).map(({ value }) => decodeEvent(value));
    if (failure !== undefined)
      throw new SuuupraError('kafka_delivery_failed', failure.message, { cause: failure.cause, details: { events } });
  }

  async close(): Promise<void> {
    this.#closed = true;
    try {
      await this.flush();
    } finally {
      await this.#sender.disconnect();
    }
  }

  stats(): ProducerStats {
    const { retries } = this.#sender;
    return { ...this.#count, retries, buffered: this.#buffer.count, bufferedBytes: this.#buffer.bytes };
  }

  #message(input: unknown, settle: Pending['settle']): Pending {
    const checked = validateEvent(input);
    if (!checked.ok) throw this.#refusal(checked.faults);
    const message = { key: checked.event.user_id, value: this.#encode(checked.event), settle };
    if (sizeOf(message) <= this.#options.maxMessageBytes) return message;
    const allowed = `at most ${String(this.#options.maxMessageBytes)} bytes`;
    throw this.#refusal([{ path: '', found: `${String(sizeOf(message))} bytes long`, allowed }]);
  }

  #refusal(faults: readonly Fault[]): SuuupraError {
    this.#count.refused += 1;
    return new SuuupraError('event_invalid', describeFaults(faults), { details: { faults } });
  }

  get #settled(): number {
    return this.#count.delivered + this.#count.failed;
  }

  async #accept(message: Pending): Promise<void> {
    await this.#buffer.room(sizeOf(message));
    if (this.#closed) throw new SuuupraError('kafka_delivery_failed', 'the producer is closed');
    if (this.#failure !== undefined && message.settle === undefined) throw this.#failure;
    this.#buffer.add(message);
    this.#count.accepted += 1;
    if (this.#buffer.batchIsFull) this.#hurry();
    if (!this.#running) void this.#run();
  }

  /** Sends batch after batch until the buffer is empty. */
  async #run(): Promise<void> {
    this.#running = true;
    while (this.#buffer.count > 0) {
      if (!this.#buffer.batchIsFull && this.#flushes.size === 0) await this.#linger();
      const batch = this.#buffer.takeBatch();
      try {
        this.#succeeded(batch, await this.#sender.deliver(batch));
      } catch (error) {
        this.#failed(batch, error as SuuupraError);
      }
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

  #succeeded(batch: readonly Pending[], deliveries: readonly Delivery[]): void {
    this.#count.batches += 1;
    this.#count.delivered += batch.length;
    batch.forEach((message, index) => {
      this.#count.bytes += message.value.length;
      message.settle?.({ delivery: deliveries[index] as Delivery });
    });
  }

  #failed(batch: readonly Pending[], error: SuuupraError): void {
    this.#count.failed += batch.length;
    for (const message of batch)
      if (message.settle !== undefined) message.settle({ error });
      else {
        this.#failure ??= error;
        this.#undelivered.push(message);
      }
  }
}

function settled(): { promise: Promise<Delivery>; settle: (outcome: Outcome) => void } {
  let settle: (outcome: Outcome) => void = () => undefined;
  const promise = new Promise<Delivery>((resolve, reject) => {
    settle = (outcome) => {
      if ('error' in outcome) reject(outcome.error);
      else resolve(outcome.delivery);
    };
  });
  return { promise, settle };
}

/**
 * A producer of events: checked, encoded as Avro under the registered contract, keyed by user, sent in batches, each
 * stored by the broker once however often it had to be sent.
 * @throws SuuupraError registry_unreachable, schema_unregistered, kafka_unreachable
 */
export async function createProducer(config: ProducerConfig, options: ProducerOptions = {}): Promise<EventProducer> {
  const resolved = withDefaults(options);
  const schemaId = await registeredContract(config, 'events-value');
  const sender = new Sender(config, resolved);
  await sender.connect();
  return new BatchingProducer(sender, eventEncoder(schemaId), resolved);
}
