import { setTimeout as sleep } from 'node:timers/promises';
import { SuuupraError, errorMessage } from '@suuupra/core';
import kafkajs from 'kafkajs';
import { kafkaClient, unreachable, type KafkaConfig } from '../kafka/client.ts';
import { COMPRESSION_TYPES } from '../kafka/codecs.ts';
import { before } from '../kafka/deadline.ts';
import type { Delivery, Message } from './buffer.ts';
import type { ResolvedOptions } from './options.ts';

const { Partitioners } = kafkajs;

/** Errors that the same batch meets again however often it is sent. */
const HOPELESS = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'INVALID_TOPIC_EXCEPTION',
  'UNSUPPORTED_COMPRESSION_TYPE',
]);

/** Errors after which the broker takes nothing more under the producer's present id. */
const IDENTITY_LOST = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
]);

const RETRY_PAUSE_MS = 250;
/** A batch whose time was over before its turn came is tried this long all the same: Kafka may be back. */
const LEAST_ATTEMPT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** The type that the broker gave to an error, looked for along its causes. */
function errorType(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { type } = at as { type?: string };
    if (type !== undefined) return type;
  }
  return '';
}

/**
 * Delivers one batch at a time through an idempotent producer of kafkajs, so that a repeated attempt is not a second
 * message and the order of each key is kept.
 *
 * kafkajs takes its sequence numbers back when a send fails. If the broker has stored that batch and only its answer was
 * lost, the next batch would carry the same numbers and be thrown away by the broker as a repetition. Therefore a batch
 * is tried again unchanged as long as it may still succeed, and a batch that is given up takes the producer's id with it.
 */
export class Sender {
  retries = 0;
  /** Whether the last attempt failed and no other has succeeded since. */
  failing = false;
  /** Ends when the batch that is being delivered has been. */
  #turn: Promise<unknown> = Promise.resolve();
  readonly #config: KafkaConfig;
  readonly #options: ResolvedOptions;
  #producer: kafkajs.Producer | undefined;
  /** The partition that kafkajs chose for each message of the batch in flight. */
  readonly #partitions = new WeakMap<kafkajs.Message, number>();

  constructor(config: KafkaConfig, options: ResolvedOptions) {
    this.#config = config;
    this.#options = options;
  }

  /** @throws SuuupraError kafka_unreachable */
  async connect(): Promise<void> {
    const producer = kafkaClient(
      this.#config,
      'suuupra-producer',
      this.#options.logger,
      Math.min(REQUEST_TIMEOUT_MS, this.#options.deliveryTimeoutMs),
    ).producer({
      idempotent: true,
      allowAutoTopicCreation: false,
      maxInFlightRequests: 1,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 },
      createPartitioner: () => {
        const choose = Partitioners.DefaultPartitioner();
        return (args) => {
          const partition = choose(args);
          this.#partitions.set(args.message, partition);
          return partition;
        };
      },
    });
    try {
      await producer.connect();
    } catch (error) {
      throw unreachable(this.#config, error);
    }
    // A connection that came after its time was given up, when another had been made.
    if (this.#producer === undefined) this.#producer = producer;
    else await producer.disconnect();
  }

  async disconnect(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.disconnect();
  }

  /**
   * Calls wait for each other.
   * @param deadline when the batch is given up, by `performance.now()`
   * @returns where each message went, in the order of the batch
   * @throws SuuupraError kafka_delivery_failed; the batch as a whole is then undelivered, or was stored without an answer
   */
  async deliver(batch: readonly Message[], deadline: number): Promise<Delivery[]> {
    const turn = this.#turn.then(() => this.#deliver(batch, Math.max(deadline, performance.now() + LEAST_ATTEMPT_MS)));
    this.#turn = turn.catch(() => undefined);
    return await turn;
  }

  async #deliver(batch: readonly Message[], deadline: number): Promise<Delivery[]> {
    const messages = batch.map(({ key, value }): kafkajs.Message => ({ key, value }));
    for (;;) {
      try {
        if (this.#producer === undefined) await before(deadline, this.connect());
        const answers = await before(deadline, this.#send(messages));
        this.failing = false;
        return this.#deliveries(messages, answers);
      } catch (error) {
        this.failing = true;
        const type = errorType(error);
        const hopeless = HOPELESS.has(type);
        const over = performance.now() >= deadline;
        // Not waited for: a broker that is silent would not answer this either.
        if (hopeless || over || IDENTITY_LOST.has(type)) void this.disconnect().catch(() => undefined);
        if (hopeless || over) throw this.#failure(batch.length, error);
        this.retries += 1;
        this.#options.logger?.warn({ error: errorMessage(error), events: batch.length }, 'batch is sent again');
        await sleep(RETRY_PAUSE_MS);
      }
    }
  }

  async #send(messages: kafkajs.Message[]): Promise<kafkajs.RecordMetadata[]> {
    const { topic, compression } = this.#options;
    const producer = this.#producer as kafkajs.Producer;
    return await producer.send({ topic, messages, acks: -1, compression: COMPRESSION_TYPES[compression] });
  }

  #deliveries(messages: readonly kafkajs.Message[], answers: readonly kafkajs.RecordMetadata[]): Delivery[] {
    const next = new Map(answers.map(({ partition, baseOffset = '-1' }) => [partition, BigInt(baseOffset)]));
    return messages.map((message) => {
      const partition = this.#partitions.get(message) ?? -1;
      const offset = next.get(partition) ?? -1n;
      next.set(partition, offset + 1n);
      return { topic: this.#options.topic, partition, offset };
    });
  }

  #failure(events: number, cause: unknown): SuuupraError {
    const { topic } = this.#options;
    const text = `${String(events)} events were not delivered to topic ${topic}: ${errorMessage(cause)}`;
    return new SuuupraError('kafka_delivery_failed', text, { cause });
  }
}
