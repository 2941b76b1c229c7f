import { createWarehouse, type Warehouse } from '@suuupra/clickhouse';
import { KNOWN_PROPERTIES, describeFaults, validateEvent, type EventRecord } from '@suuupra/contracts';
import { decimalFromBytes, decimalText, decodeRecord, schemaIdOf, toRecord } from '@suuupra/contracts/avro';
import { errorMessage, isSuuupraError, type Config } from '@suuupra/core';
import { registryClient } from '@suuupra/producer';
import type { AuditConfig } from './audit.ts';
import { listDeadLetters, readDeadLetter, type DeadLetter, type DeadLetterContent } from './dead-letters.ts';

export type ReplayConfig = AuditConfig & Pick<Config, 'registryUrl'>;

/**
 * Turns a dead letter into the event it should have been, in JSON form; null leaves it where it is.
 * @param letter with the bytes of the message, and the record where it could be decoded
 */
export type Fix = (letter: DeadLetterContent) => unknown;

export interface ReplayOptions {
  /** Only dead letters of this reason. */
  readonly reason?: string;
  readonly topic?: string;
  /** Most to look at. Default 100000. */
  readonly limit?: number;
  readonly fix?: Fix;
}

export interface ReplayResult {
  readonly replayed: number;
  /** Those that stay, with why. */
  readonly left: readonly { readonly letter: DeadLetter; readonly why: string }[];
}

/** Reasons that can pass without a change of the message. */
const PASSING: ReadonlySet<string> = new Set(['registry_unavailable', 'unknown_schema']);

/**
 * Tries again to make events of dead letters: as they are where the cause can be gone (the registry was away, a schema
 * was not registered yet), or changed by a script. An event keeps the place of its message, so the order of arrival is
 * that of the first time, and doing it again changes nothing. What becomes an event is recorded in `dead_letter_replays`
 * and leaves `dead_letters`.
 * @throws SuuupraError clickhouse_unreachable, registry_unreachable, kafka_unreachable
 */
export async function replay(config: ReplayConfig, options: ReplayOptions = {}): Promise<ReplayResult> {
  const { fix } = options;
  const warehouse = createWarehouse(config);
  const decode = decoder(config);
  const left: { letter: DeadLetter; why: string }[] = [];
  let replayed = 0;
  try {
    for (const letter of await listDeadLetters(warehouse, { limit: 100_000, ...options })) {
      if (letter.reason === 'id_conflict') continue; // an event has its id: there is nothing to become
      if (fix === undefined && !PASSING.has(letter.reason)) {
        left.push({ letter, why: `${letter.reason} does not pass by itself: it needs --fix` });
        continue;
      }
      const content = await readDeadLetter(config, warehouse, letter);
      const record = await recordOf(content, decode, fix);
      const why = typeof record === 'string' ? record : await takeIn(warehouse, content, record, fix !== undefined);
      if (why === undefined) replayed += 1;
      else left.push({ letter, why });
    }
    return { replayed, left };
  } finally {
    await warehouse.close();
  }
}

type Decode = (message: Buffer) => Promise<EventRecord>;

/** Decodes messages under the schemas of the registry, each of which is fetched once. */
function decoder(config: ReplayConfig): Decode {
  const registry = registryClient(config);
  const schemas = new Map<number, string | undefined>();
  return async (message) => {
    const id = schemaIdOf(message);
    if (id === undefined) throw new Error('the message does not begin like one of a registered schema');
    if (!schemas.has(id)) schemas.set(id, await registry.schema(id));
    const schema = schemas.get(id);
    if (schema === undefined) throw new Error(`the registry has no schema ${String(id)}`);
    return decodeRecord(message, schema);
  };
}

/** The record of a dead letter, or why there is none. */
async function recordOf(
  content: DeadLetterContent,
  decode: Decode,
  fix: Fix | undefined,
): Promise<EventRecord | string> {
  try {
    if (fix === undefined)
      return content.message === undefined ? 'the broker has the message no more' : await decode(content.message);
    const fixed = await fix(content);
    if (fixed === null || fixed === undefined) return 'the script left it';
    const checked = validateEvent(fixed);
    return checked.ok ? toRecord(checked.event) : describeFaults(checked.faults);
  } catch (error) {
    if (isSuuupraError(error)) throw error; // the registry is away: nothing else will go better
    return errorMessage(error);
  }
}

const DECIMALS = Object.entries(KNOWN_PROPERTIES).flatMap(([name, { kind }]) => (kind === 'decimal' ? [name] : []));

/** A record as a row of `incoming_events`: decimals as text, since JSON numbers would round them. */
function incomingRow({ properties, ...fields }: EventRecord): Record<string, unknown> {
  const values: Record<string, unknown> = { ...properties };
  for (const name of DECIMALS)
    if (values[name] !== null) values[name] = decimalText(decimalFromBytes(values[name] as Uint8Array));
  return { ...fields, ...values };
}

const AT = `topic = {topic:String} AND partition = {partition:UInt64} AND offset = {offset:UInt64} AND item = {item:UInt32}`;

/**
 * Sends a record the way of all messages, under the address it had.
 * @returns why it is a dead letter still
 */
async function takeIn(
  warehouse: Warehouse,
  letter: DeadLetterContent,
  record: EventRecord,
  fixed: boolean,
): Promise<string | undefined> {
  const { topic, partition, item, reason } = letter;
  const offset = String(letter.offset);
  await warehouse.insert('incoming_events', [
    {
      ...incomingRow(record),
      _topic: topic,
      _partition: partition,
      _offset: offset,
      _kafka_timestamp: letter.kafkaTimestamp.slice(0, -1).replace('T', ' '),
      _key: letter.messageKey,
    },
  ]);
  const params = { topic, partition, offset, item, reason };
  // Where the record breaks a rule of the contract, the intake has put that in the place of the former reason.
  const [judged] = await warehouse.rows<{ error: string }>(
    `SELECT error FROM dead_letters WHERE ${AT} AND reason = 'contract_violation' AND inserted_at > {since:DateTime64(3)}`,
    { params: { ...params, since: letter.insertedAt } },
  );
  if (judged !== undefined) return judged.error;
  await warehouse.command(
    `INSERT INTO dead_letter_replays
       (topic, partition, offset, item, kafka_timestamp, reason, error, raw, raw_form, message_key, event_id, fixed)
     SELECT topic, partition, offset, item, kafka_timestamp, reason, error, raw, raw_form, message_key,
            {event_id:UUID}, {fixed:Bool}
     FROM dead_letters FINAL WHERE ${AT}`,
    { params: { ...params, event_id: record.event_id, fixed } },
  );
  await warehouse.command(`DELETE FROM dead_letters WHERE ${AT}`, { params });
  return undefined;
}
