import { setTimeout as sleep } from 'node:timers/promises';
import { createWarehouse } from '@suuupra/clickhouse';
import { EVENT_SCHEMA, type AnalyticsEvent, type EventRecord } from '@suuupra/contracts';
import { toRecord } from '@suuupra/contracts/avro';
import { loadConfig } from '@suuupra/core';
import { createProducer, kafkaClient, registerContracts } from '@suuupra/producer';
import avro from 'avsc';
import { event } from '../event.ts';

export { event };

export const config = loadConfig();
export const warehouse = createWarehouse(config);

/** Sends events through the producer library and waits until the broker has them. */
export async function send(...events: readonly AnalyticsEvent[]): Promise<void> {
  const producer = await createProducer(config, { lingerMs: 0 });
  await producer.sendMany(events);
  await producer.close();
}

/** Repeats a question until the answer is right, and returns the last answer otherwise, for the test to fail on. */
export async function eventually<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean, seconds = 60): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (isRight(answer) || performance.now() > deadline) return answer;
    await sleep(200);
  }
}

const type = avro.Type.forSchema(JSON.parse(EVENT_SCHEMA) as avro.Schema);

/** The id under which the contract is registered. */
export async function schemaId(): Promise<number> {
  return (await registerContracts(config))['events-value'] as number;
}

/** A message of the contract whose record was changed in ways that the producer library would refuse. */
export function message(id: number, change: (record: EventRecord) => unknown = (record) => record): Buffer {
  const header = Buffer.alloc(5);
  header.writeInt32BE(id, 1);
  return Buffer.concat([header, type.toBuffer(change(toRecord(event())))]);
}

export interface RawMessage {
  readonly key: string;
  readonly value: Buffer | null;
}

/** Sends messages as they are to one partition, in order. Returns the offset of the first. */
export async function sendRaw(topic: string, messages: readonly RawMessage[], partition = 0): Promise<bigint> {
  const producer = kafkaClient(config, 'test').producer();
  await producer.connect();
  try {
    const [answer] = await producer.send({ topic, messages: messages.map((entry) => ({ ...entry, partition })) });
    return BigInt(answer?.baseOffset ?? -1);
  } finally {
    await producer.disconnect();
  }
}
