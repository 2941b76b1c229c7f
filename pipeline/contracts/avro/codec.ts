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
 * @throws Error where the body is not of that schema, has bytes left over, or holds text that is not UTF-8
 */
export function decodeRecord(message: Buffer, writerSchema: string = EVENT_SCHEMA): EventRecord {
  const body = message.subarray(HEADER);
  const writer = writerSchema === EVENT_SCHEMA ? EVENT : parse(writerSchema);
  // Decoding puts a replacement character for what is no UTF-8: only what can be written again was read without loss.
  if (!writer.toBuffer(writer.fromBuffer(body)).equals(body)) throw new Error('a text is not UTF-8');
  return EVENT.fromBuffer(body, writer === EVENT ? undefined : EVENT.createResolver(writer)) as EventRecord;
}

/** As `decodeRecord`, as an event in JSON form; a decimal of more digits than a number has is rounded to one. */
export const decodeEvent = (message: Buffer, writerSchema?: string): AnalyticsEvent =>
  toEvent(decodeRecord(message, writerSchema));
