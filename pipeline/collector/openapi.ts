import { EVENT_TYPE, KNOWN_PROPERTIES, type PropertyKind } from '@suuupra/contracts';
import { ERROR_CODES } from '@suuupra/core';
import type { FastifyInstance } from 'fastify';

const KIND_TYPE: Readonly<Record<PropertyKind, string>> = { text: 'string', number: 'number', decimal: 'number' };

const uuid = (description: string) => ({ type: 'string', format: 'uuid', description });
const moment = (description: string) => ({ type: 'string', format: 'date-time', description });
const optionalText = (description: string) => ({ type: ['string', 'null'], description });

/** The event of the contract as JSON Schema, its known properties from the contract itself. */
const EVENT = {
  $id: 'Event',
  type: 'object',
  additionalProperties: false,
  required: ['event_id', 'event_type', 'user_id', 'timestamp'],
  properties: {
    event_id: uuid('Identity, given by the sender: sent again with the same id, an event counts once'),
    event_type: { type: 'string', pattern: EVENT_TYPE.source, description: 'What happened' },
    user_id: uuid('Who did it'),
    session_id: optionalText('What the client believes its session is'),
    content_id: optionalText('What was viewed or bought'),
    timestamp: moment('When it happened: UTC, at most whole milliseconds'),
    received_at: { type: ['string', 'null'], description: 'Set by the collector, whatever is sent' },
    properties: {
      type: ['object', 'null'],
      properties: Object.fromEntries(
        Object.entries(KNOWN_PROPERTIES).map(([name, { kind, doc }]) => [
          name,
          { description: `${doc} Usually a ${KIND_TYPE[kind]}; other values are kept as they are.` },
        ]),
      ),
      additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
    },
  },
};

const COUNTS = {
  request_id: { type: 'string' },
  received_at: moment('`received_at` of the accepted events'),
  accepted: { type: 'integer' },
  refused: { type: 'integer' },
  events: {
    type: 'array',
    description: 'One entry per event, in the order of the request',
    items: {
      type: 'object',
      required: ['index', 'status'],
      properties: {
        index: { type: 'integer' },
        status: { type: 'string', enum: ['accepted', 'refused'] },
        code: { type: 'string', enum: ['event_invalid', 'event_in_future', 'event_too_large'] },
        message: { type: 'string' },
        faults: {
          type: 'array',
          items: {
            type: 'object',
            properties: { path: { type: 'string' }, found: { type: 'string' }, allowed: { type: 'string' } },
          },
        },
      },
    },
  },
};

const PROBLEM = {
  $id: 'Problem',
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'hint', 'request_id'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(ERROR_CODES) },
    detail: { type: 'string' },
    hint: { type: 'string' },
    ...COUNTS,
  },
};

const retryAfter = { 'Retry-After': { type: 'integer', description: 'Seconds' } };
/** An answer that is a problem. */
export const problem = (description: string, headers?: typeof retryAfter) => ({
  description,
  ...(headers && { headers }),
  content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
});

/** Schemas that routes refer to. They are for the documentation; events are checked by the contract's own code. */
export function addSchemas(app: FastifyInstance): void {
  app.addSchema(EVENT);
  app.addSchema(PROBLEM);
  app.addSchema({
    $id: 'Answer',
    type: 'object',
    required: Object.keys(COUNTS),
    properties: COUNTS,
  });
}

const eventsOrOne = { oneOf: [{ $ref: 'Event#' }, { type: 'array', minItems: 1, items: { $ref: 'Event#' } }] };

export const eventsSchema = {
  summary: 'Send an event, or an array of them',
  description:
    'Accepted means stored by Kafka in all copies. Whatever is answered with 429 or 503, or not at all, is sent again ' +
    'with the same event ids: it counts once. Bodies may be gzip (`Content-Encoding`).',
  security: [{ header: [] }, { parameter: [] }],
  body: { content: { 'application/json': { schema: eventsOrOne }, 'text/plain': { schema: eventsOrOne } } },
  response: {
    200: { description: 'Events were accepted, all or some of them', $ref: 'Answer#' },
    400: problem('The body is no JSON, or every event was refused: `events` says why'),
    401: problem('No valid write key'),
    403: problem('The page is not of a listed origin'),
    413: problem('The body, decompressed or not, or the number of events is too large'),
    415: problem('The media type or encoding is not taken'),
    429: problem('Too many events for this write key; nothing was taken', retryAfter),
    503: problem('Kafka is away or the collector is full; send the same again', retryAfter),
  },
} as const;
