import { randomUUID } from 'node:crypto';
import { SuuupraError, type Logger } from '@suuupra/core';
import type { KafkaMessage } from 'kafkajs';
import { kafkaClient, unreachable, withAdmin, type KafkaConfig } from './client.ts';

/** Offsets of one partition, both ends in. */
export interface OffsetRange {
  readonly partition: number;
  readonly from: bigint;
  readonly to: bigint;
}

export interface ReadOptions {
  /** Whether messages of transactions that were aborted or are still open are read as well. Default no. */
  readonly uncommitted?: boolean;
  /** How long the broker may be silent before it counts as unreachable. Default 30 seconds. */
  readonly silenceMs?: number;
  readonly logger?: Logger;
}

/**
 * Reads ranges of a topic again, with a consumer group of its own that is gone afterwards. Offsets that hold no message
 * any more, or a record of the broker's own, are passed over in silence.
 * @param ranges must not overlap; offsets beyond the end of a partition are waited for
 * @throws SuuupraError kafka_unreachable
 */
export async function readRanges(
  config: KafkaConfig,
  topic: string,
  ranges: readonly OffsetRange[],
  onMessage: (partition: number, message: KafkaMessage) => void,
  options: ReadOptions = {},
): Promise<void> {
  const left = new Map<number, OffsetRange[]>();
  for (const range of ranges.toSorted((a, b) => (a.from < b.from ? -1 : 1)))
    left.set(range.partition, [...(left.get(range.partition) ?? []), range]);
  if (left.size === 0) return;

  const groupId = `suuupra_reader_${randomUUID()}`;
  const consumer = kafkaClient(config, 'suuupra-reader', options.logger).consumer({
    groupId,
    readUncommitted: options.uncommitted ?? false,
    maxWaitTimeInMs: 200,
    retry: { retries: 3 },
  });
  const begin = (partition: number): void => {
    const next = left.get(partition)?.[0];
    if (next === undefined) consumer.pause([{ topic, partitions: [partition] }]);
    else consumer.seek({ topic, partition, offset: String(next.from) });
  };

  let finish: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const finished = new Promise<void>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  const silence = setTimeout(() => {
    fail(new SuuupraError('kafka_unreachable', `Kafka sends nothing of topic ${topic}`));
  }, options.silenceMs ?? 30_000);
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    for (const partition of payload.memberAssignment[topic] ?? []) begin(partition);
  });
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    fail(payload.error);
  });
  // Also told of batches in which nothing is left for a consumer, such as the end marks of transactions.
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
    silence.refresh();
    const pending = left.get(payload.partition);
    const current = pending?.[0];
    if (payload.topic !== topic || current === undefined || BigInt(payload.lastOffset) < current.to) return;
    pending?.shift();
    if (pending?.length === 0) left.delete(payload.partition);
    if (left.size === 0) finish();
    else begin(payload.partition);
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: true,
      eachBatch: async ({ batch }) => {
        const current = left.get(batch.partition)?.[0];
        if (current === undefined) return;
        for (const message of batch.messages) {
          const offset = BigInt(message.offset);
          if (offset >= current.from && offset <= current.to) onMessage(batch.partition, message);
        }
        await Promise.resolve();
      },
    });
    await finished;
  } catch (error) {
    throw unreachable(config, error);
  } finally {
    clearTimeout(silence);
    await consumer.disconnect();
    await withAdmin(config, (admin) => admin.deleteGroups([groupId])).catch(() => undefined);
  }
}
