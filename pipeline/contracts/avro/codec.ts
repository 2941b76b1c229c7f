import avro from 'avsc';
import type { AnalyticsEvent } from '../event/event.ts';
import { EVENT_SCHEMA, type EventRecord } from '../generated/event.ts';
import { toEvent, toRecord } from './record.ts';

const parse = (schema: string): avro.Type => avro.Type.forSchema(JSON.parse(schema) as avro.Schema);
const EVENT = parse(EVENT_SCHEMA);

/** Wire layout of a registered message: a zero byte, the schema's id as a big-endian 32-bit integer, the Avro body. */
const HEADER = 5;

/** A function that encodes events as messages under a registered schema. */
export function eventEncoder(schemaId: number): (event: AnalyticsEvent) => Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeInt32BE(schemaId, 1);
  return (event) => Buffer.concat([header, EVENT.toBuffer(toRecord(event))]);
}

/** The id of the schema under which a message was written, or undefined where it is no registered message. */
export const schemaIdOf = (message: Buffer): number | undefined =>
  message.length >= HEADER && message[0] === 0 ? message.readInt32BE(1) : undefined;

/**
 * Decodes a message, following Avro's rules for schemas that differ.
 * @param message the whole value, with its header
 * @param writerSchema the schema registered under the message's id
 * @throws Error when the body is not of that schema, or bytes are left over
 */
export function decodeEvent(message: Buffer, writerSchema: string = EVENT_SCHEMA): AnalyticsEvent {
  const body = message.subarray(HEADER);
  if (writerSchema === EVENT_SCHEMA) return toEvent(EVENT.fromBuffer(body) as EventRecord);
  return toEvent(EVENT.fromBuffer(body, EVENT.createResolver(parse(writerSchema))) as EventRecord);
}
