import type { Warehouse } from '@suuupra/clickhouse';
import { SuuupraError } from '@suuupra/core';
import { readRanges, withAdmin, type KafkaConfig } from '@suuupra/producer';

/** Where a message stands. */
export interface Address {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

export interface DeadLetter extends Address {
  readonly item: number;
  /** When the broker stored it, ISO 8601. */
  readonly kafkaTimestamp: string;
  readonly reason: string;
  readonly error: string;
  readonly messageKey: string;
  /** When it came into the warehouse, as ClickHouse writes it. */
  readonly insertedAt: string;
}

export interface DeadLetterFilter {
  readonly reason?: string;
  readonly topic?: string;
  /** Most to return. */
  readonly limit: number;
}

/** The dead letters that arrived last, newest first. */
export async function listDeadLetters(warehouse: Warehouse, filter: DeadLetterFilter): Promise<readonly DeadLetter[]> {
  const rows = await warehouse.rows<Row>(
    `SELECT topic, partition, offset, item, reason, error, message_key, inserted_at,
            suuupra_time_text(dead_letters.kafka_timestamp) AS kafka_timestamp
     FROM dead_letters FINAL
     WHERE ({reason:String} = '' OR reason = {reason:String}) AND ({topic:String} = '' OR topic = {topic:String})
     ORDER BY dead_letters.kafka_timestamp DESC, topic, partition, offset DESC, item
     LIMIT {limit:UInt32}`,
    { params: { reason: filter.reason ?? '', topic: filter.topic ?? '', limit: filter.limit } },
  );
  return rows.map(fromRow);
}

export interface DeadLetterContent extends DeadLetter {
  /** The message as the producer sent it, or undefined where neither the warehouse nor the broker has it any more. */
  readonly message: Buffer | undefined;
  /** What could be decoded of it, where it could be. */
  readonly record: unknown;
}

/**
 * One dead letter with its message. Of a message that could be decoded the warehouse has only the record: its bytes are
 * read again from the broker.
 * @throws SuuupraError not_found
 */
export async function readDeadLetter(
  config: KafkaConfig,
  warehouse: Warehouse,
  { topic, partition, offset }: Address,
): Promise<DeadLetterContent> {
  const [row] = await warehouse.rows<Row & { raw_form: string; raw: string }>(
    `SELECT topic, partition, offset, item, reason, error, message_key, inserted_at, raw_form,
            suuupra_time_text(dead_letters.kafka_timestamp) AS kafka_timestamp,
            if(raw_form = 'message', base64Encode(dead_letters.raw), dead_letters.raw) AS raw
     FROM dead_letters FINAL
     WHERE topic = {topic:String} AND partition = {partition:UInt64} AND offset = {offset:UInt64}
     LIMIT 1`,
    { params: { topic, partition, offset: String(offset) } },
  );
  if (row === undefined)
    throw new SuuupraError('not_found', `no dead letter at ${topic} ${String(partition)} ${String(offset)}`, {
      hint: '`suuupra dead-letters list` shows where they are.',
    });
  if (row.raw_form === 'message')
    return { ...fromRow(row), message: Buffer.from(row.raw, 'base64'), record: undefined };
  const message = await readMessage(config, { topic, partition, offset });
  return { ...fromRow(row), message, record: row.raw === '' ? undefined : (JSON.parse(row.raw) as unknown) };
}

async function readMessage(config: KafkaConfig, { topic, partition, offset }: Address): Promise<Buffer | undefined> {
  const log = await withAdmin(config, (admin) => admin.fetchTopicOffsets(topic));
  const own = log.find((entry) => entry.partition === partition);
  if (own === undefined || offset < BigInt(own.low) || offset >= BigInt(own.high)) return undefined;
  let found: Buffer | undefined;
  await readRanges(config, topic, [{ partition, from: offset, to: offset }], (_partition, { value }) => {
    found = value ?? undefined;
  });
  return found;
}

interface Row {
  topic: string;
  partition: string;
  offset: string;
  item: number;
  kafka_timestamp: string;
  reason: string;
  error: string;
  message_key: string;
  inserted_at: string;
}

const fromRow = (row: Row): DeadLetter => ({
  topic: row.topic,
  partition: Number(row.partition),
  offset: BigInt(row.offset),
  item: row.item,
  kafkaTimestamp: row.kafka_timestamp,
  reason: row.reason,
  error: row.error,
  messageKey: row.message_key,
  insertedAt: row.inserted_at,
});
