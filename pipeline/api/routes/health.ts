import { completeUntil } from '@suuupra/clickhouse';
import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../context.ts';

const schema = {
  summary: 'Whether the API and the warehouse behind it answer, and up to when events are complete',
  security: [],
  response: {
    200: {
      description: 'Both answer',
      type: 'object',
      properties: {
        status: { type: 'string', const: 'ok' },
        parts: {
          type: 'object',
          properties: {
            clickhouse: { type: 'string', const: 'ok' },
            events_complete_until: { type: ['string', 'null'], description: 'null where none were taken in yet' },
          },
        },
      },
    },
    503: { description: 'The warehouse does not answer', $ref: 'Problem#' },
  },
} as const;

export function healthRoute(app: FastifyInstance, { config, warehouse }: ApiContext): void {
  app.get('/health', { schema }, async () => {
    await warehouse.ping();
    return {
      status: 'ok',
      parts: { clickhouse: 'ok', events_complete_until: await completeUntil(warehouse, config) },
    };
  });
}
