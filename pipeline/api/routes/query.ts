import { answer, type Answer } from '@suuupra/clickhouse';
import type { FastifyInstance } from 'fastify';
import { limitsFor, traceOf } from '../asking.ts';
import type { ApiContext } from '../context.ts';

const schema = {
  summary: 'Answer a definition',
  description: 'The same definition gives the same rows here, on the command line and in Grafana.',
  body: { $ref: 'Definition#' },
  response: {
    200: { description: 'The rows', $ref: 'Answer#' },
    default: { description: 'What was wrong', $ref: 'Problem#' },
  },
} as const;

export function queryRoute(app: FastifyInstance, context: ApiContext): void {
  app.post('/query', { schema, config: { scope: 'read' } }, async (request, reply): Promise<Answer> =>
    answer(context.warehouse, limitsFor(context, request), request.body, traceOf(request, reply)),
  );
}
