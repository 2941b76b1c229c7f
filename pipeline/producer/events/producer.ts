import path from 'node:path';
import { describeFaults, validateEvent, type AnalyticsEvent, type Fault } from '@suuupra/contracts';
import { decodeEvent, eventEncoder } from '@suuupra/contracts/avro';
import { SuuupraError, errorMessage, isSuuupraError, type Config } from '@suuupra/core';
import { withAdmin } from '../kafka/client.ts';
import { before } from '../kafka/deadline.ts';
import { registeredContract } from '../registry/contracts.ts';
import { sizeOf, type Delivery, type Message, type Outcome, type Pending } from './buffer.ts';
import { withDefaults, type ProducerOptions, type ResolvedOptions } from './options.ts';
import { Outbox } from './outbox.ts';
import { Sender } from './sender.ts';
import { Spool } from './spool/spool.ts';

export type ProducerConfig = Pick<Config, 'kafkaBrokers' | 'registryUrl'>;

/** What a producer has done so far. */
export interface ProducerStats {
  /** Events that were taken. */
  readonly accepted: number;
  /** Events that the broker has acknowledged, in the order in which they were accepted. */
  readonly delivered: number;
  /** Events that went to disk because Kafka was away; they are delivered from there. */
  readonly spooled: number;
  readonly failed: number;
  /** Events that did not satisfy the contract. */
  readonly refused: number;
  readonly batches: number;
  readonly retries: number;
  /** Bytes of delivered messages before compression. */
  readonly bytes: number;
  readonly buffered: number;
  readonly bufferedBytes: number;
  readonly spooledBytes: number;
  /** Whether events wait for a broker that does not take them. */
  readonly stalled: boolean;
}

/** How long a broker may take to say that it is there. */
const PING_TIMEOUT_MS = 2_000;

/** Told once what became of an event. */
export type DeliveryCallback = (outcome: Outcome) => void;

export interface EventProducer {
  /**
   * Takes an event into the buffer and waits only while the buffer is full.
   * @param event checked against the contract, in JSON form
   * @param onOutcome told what became of the event; without it a failure is reported by `flush`
   * @throws SuuupraError event_invalid naming the field; kafka_delivery_failed as long as `flush` has not reported a failure
   */
  send(event: unknown, onOutcome?: DeliveryCallback): Promise<void>;
  /** As `send` for each in turn; the first that is refused ends it, those before it are taken. */
  sendMany(events: Iterable<unknown> | AsyncIterable<unknown>): Promise<void>;
  /** Takes an event and waits until the broker has stored it. Such an event is never spooled. */
  deliver(event: unknown): Promise<Delivery>;
  /**
   * Takes all events or none, without waiting for room, and waits until the broker has stored all of them. After a
   * failure some of them may be stored: sent again with the same ids they still count once.
   * @throws SuuupraError event_invalid; overloaded where the buffer has no room; kafka_delivery_failed
   */
  deliverAll(events: readonly unknown[]): Promise<readonly Delivery[]>;
  /**
   * Waits until every event taken so far is delivered, or on disk where there is a spool.
   * @throws SuuupraError kafka_delivery_failed with the undelivered events in `details.events`
   */
  flush(): Promise<void>;
  /** Flushes and disconnects. Nothing is taken afterwards. What lies in a spool is sent by the next producer on it. */
  close(): Promise<void>;
  /**
   * Asks the brokers whether they are there.
   * @throws SuuupraError kafka_unreachable
   */
  ping(): Promise<void>;
  stats(): ProducerStats;
}

class BatchingProducer implements EventProducer {
  readonly #config: ProducerConfig;
  readonly #options: ResolvedOptions;
  readonly #encode: (event: AnalyticsEvent) => Buffer;
  readonly #sender: Sender;
  readonly #outbox: Outbox;
  readonly #undelivered: Message[] = [];
  #failure: Error | undefined;
  #refused = 0;
  #closed = false;

  constructor(
    config: ProducerConfig,
    encode: (event: AnalyticsEvent) => Buffer,
    sender: Sender,
    spool: Spool | undefined,
    options: ResolvedOptions,
  ) {
    this.#config = config;
    this.#options = options;
    this.#encode = encode;
    this.#sender = sender;
    this.#outbox = new Outbox(sender, spool, options);
  }

  async send(event: unknown, onOutcome?: DeliveryCallback): Promise<void> {
    const message = this.#message(event, onOutcome ?? this.#remember, true);
    await this.#outbox.room(sizeOf(message));
    if (this.#failure !== undefined && onOutcome === undefined) throw this.#deliveryError(this.#failure);
    this.#take(message);
  }

  async sendMany(events: Iterable<unknown> | AsyncIterable<unknown>): Promise<void> {
    for await (const event of events) await this.send(event);
  }

  async deliver(event: unknown): Promise<Delivery> {
    const { promise, settle } = delivery();
    const message = this.#message(event, settle, false);
    await this.#outbox.room(sizeOf(message));
    this.#take(message);
    return await promise;
  }

  async deliverAll(events: readonly unknown[]): Promise<readonly Delivery[]> {
    const promises: Promise<Delivery>[] = [];
    const messages = events.map((event) => {
      const { promise, settle } = delivery();
      promises.push(promise);
      return this.#message(event, settle, false);
    });
    const bytes = messages.reduce((sum, message) => sum + sizeOf(message), 0);
    if (!this.#outbox.fits(bytes))
      throw new SuuupraError('overloaded', `the buffer has no room for ${String(bytes)} bytes`);
    for (const message of messages) this.#take(message);
    return await Promise.all(promises);
  }

  async flush(): Promise<void> {
    await this.#outbox.flush();
    const failure = this.#failure;
    this.#failure = undefined;
    const events = this.#undelivered.splice(0).map(({ value }) => decodeEvent(value));
    if (failure !== undefined) throw this.#deliveryError(failure, { events });
  }

  async close(): Promise<void> {
    this.#closed = true;
    try {
      await this.flush();
    } finally {
      await this.#outbox.close();
      await this.#sender.disconnect();
    }
  }

  async ping(): Promise<void> {
    try {
      await before(
        performance.now() + PING_TIMEOUT_MS,
        withAdmin(this.#config, (admin) => admin.describeCluster()),
      );
    } catch (error) {
      throw isSuuupraError(error)
        ? error
        : new SuuupraError('kafka_unreachable', errorMessage(error), { cause: error });
    }
  }

  stats(): ProducerStats {
    const { taken, ...count } = this.#outbox.count;
    const { messages, bytes, spooledBytes } = this.#outbox.waiting;
    return {
      ...count,
      accepted: taken,
      refused: this.#refused,
      retries: this.#sender.retries,
      buffered: messages,
      bufferedBytes: bytes,
      spooledBytes,
      stalled: this.#outbox.isStalled,
    };
  }

  #message(input: unknown, settle: Pending['settle'], mayWait: boolean): Pending {
    const checked = validateEvent(input);
    if (!checked.ok) throw this.#refusal(checked.faults);
    const { user_id: key } = checked.event;
    const message = { key, value: this.#encode(checked.event), takenAt: performance.now(), settle, mayWait };
    if (sizeOf(message) <= this.#options.maxMessageBytes) return message;
    const allowed = `at most ${String(this.#options.maxMessageBytes)} bytes`;
    throw this.#refusal([{ path: '', found: `${String(sizeOf(message))} bytes long`, allowed }]);
  }

  #refusal(faults: readonly Fault[]): SuuupraError {
    this.#refused += 1;
    return new SuuupraError('event_invalid', describeFaults(faults), { details: { faults } });
  }

  #take(message: Pending): void {
    if (this.#closed) throw new SuuupraError('kafka_delivery_failed', 'the producer is closed');
    this.#outbox.add(message);
  }

  /** Keeps what `flush` reports. */
  readonly #remember = (outcome: Outcome, message: Message): void => {
    if (outcome.state !== 'failed') return;
    this.#failure ??= outcome.error;
    this.#undelivered.push(message);
  };

  #deliveryError(cause: Error, details?: Record<string, unknown>): SuuupraError {
    return new SuuupraError('kafka_delivery_failed', cause.message, { cause, ...(details && { details }) });
  }
}

function delivery(): { promise: Promise<Delivery>; settle: Pending['settle'] } {
  let settle: Pending['settle'] = () => undefined;
  const promise = new Promise<Delivery>((resolve, reject) => {
    settle = (outcome) => {
      if (outcome.state === 'delivered') resolve(outcome.delivery);
      else if (outcome.state === 'failed') reject(outcome.error);
      else reject(new Error('an event that must be delivered was spooled'));
    };
  });
  return { promise, settle };
}

/**
 * A producer of events: checked, encoded as Avro under the registered contract, keyed by user, sent in batches, each
 * stored by the broker once however often it had to be sent. With a spool it also starts while Kafka is away.
 * @throws SuuupraError registry_unreachable, schema_unregistered, kafka_unreachable, spool_in_use
 */
export async function createProducer(config: ProducerConfig, options: ProducerOptions = {}): Promise<EventProducer> {
  const resolved = withDefaults(options);
  const schemaId = await registeredContract(config, 'events-value');
  const sender = new Sender(config, resolved);
  const spool =
    resolved.spool &&
    (await Spool.open(path.join(resolved.spool.directory, resolved.topic), resolved.spool.maxBytes, resolved.logger));
  try {
    await sender.connect();
  } catch (error) {
    const canWait = spool !== undefined && isSuuupraError(error) && error.code === 'kafka_unreachable';
    if (!canWait) {
      await spool?.close();
      throw error;
    }
  }
  return new BatchingProducer(config, eventEncoder(schemaId), sender, spool, resolved);
}
