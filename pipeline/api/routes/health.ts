import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../context.ts';

const schema = {
  summary: 'Whether the API and the warehouse behind it answer',
  security: [],
  response: {
    200: { description: 'Both answer', type: 'object', properties: { status: { type: 'string', const: 'ok' } } },
    503: { description: 'The warehouse does not answer', $ref: 'Problem#' },
  },
} as const;

export function healthRoute(app: FastifyInstance, { warehouse }: ApiContext): void {
  app.get('/health', { schema }, async () => {
    await warehouse.ping();
    return { status: 'ok' };
  });
}
