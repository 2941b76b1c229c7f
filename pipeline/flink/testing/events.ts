import { randomUUID } from 'node:crypto';
import { EVENT_SCHEMA, type AnalyticsEvent } from '@suuupra/contracts';
import { eventEncoder } from '@suuupra/contracts/avro';
import type { Config } from '@suuupra/core';
import { kafkaClient, registryClient, withAdmin } from '@suuupra/producer';

/** A topic of events of a test's own, and what writes to it, good messages and bad ones. */
export interface EventTopic {
  readonly name: string;
  send(partition: number, events: readonly AnalyticsEvent[]): Promise<void>;
  /** One of each kind of message that no one can read. @returns how many of them have a value */
  sendMalformed(partition: number, pattern: AnalyticsEvent): Promise<number>;
  close(): Promise<void>;
}

export async function openEventTopic(config: Config, name: string, partitions: number): Promise<EventTopic> {
  const logAppendTime = [{ name: 'message.timestamp.type', value: 'LogAppendTime' }];
  await withAdmin(config, (admin) =>
    admin.createTopics({
      waitForLeaders: true,
      topics: [{ topic: name, numPartitions: partitions, configEntries: logAppendTime }],
    }),
  );
  const encode = eventEncoder(await registryClient(config).register('events-value', EVENT_SCHEMA));
  const producer = kafkaClient(config, 'test').producer({ idempotent: true });
  await producer.connect();
  const send = async (messages: { partition: number; value: Buffer | null }[]): Promise<void> => {
    await producer.send({ topic: name, messages });
  };
  return {
    name,
    send: (partition, events) => send(events.map((event) => ({ partition, value: encode(event) }))),
    async sendMalformed(partition, pattern) {
      const values = malformed(encode(pattern));
      await send([...values, Buffer.alloc(0), null].map((value) => ({ partition, value })));
      return values.length;
    },
    close: () => producer.disconnect(),
  };
}

/** Messages that are broken in every way that a message of this form can be. */
function malformed(good: Buffer): Buffer[] {
  const header = good.subarray(0, 5);
  const unknownSchema = Buffer.from(good);
  unknownSchema.writeInt32BE(987_654, 1);
  const notUuid = Buffer.from(good);
  notUuid.write('zzzz', 6); // the first letters of event_id
  return [
    Buffer.from('{"event_id": "not Avro"}'),
    Buffer.from([0, 1]),
    unknownSchema,
    notUuid,
    good.subarray(0, good.length - 20),
    Buffer.concat([good, Buffer.from('trailing')]),
    // A text of 2 GB, says its length.
    Buffer.concat([header, Buffer.from([0xfe, 0xff, 0xff, 0xff, 0x0f, 0x61])]),
    Buffer.concat([header, Buffer.from([0xff, 0xff, 0xff])]),
  ];
}

export const testEvent = (fields: Pick<AnalyticsEvent, 'event_type' | 'user_id' | 'timestamp'>): AnalyticsEvent => ({
  event_id: randomUUID(),
  session_id: null,
  content_id: null,
  received_at: null,
  properties: {},
  ...fields,
});
