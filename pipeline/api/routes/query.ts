import { answer, type Answer } from '@suuupra/clickhouse';
import type { FastifyInstance } from 'fastify';
import { limitsFor, traceOf } from '../requests/limits.ts';
import type { ApiContext } from '../context.ts';
import { readDefinition } from '../definitions/store.ts';

const schema = {
  summary: 'Answer a definition',
  description:
    'The same definition gives the same rows here, on the command line and in Grafana. A text is the name of a definition.',
  body: { anyOf: [{ $ref: 'Definition#' }, { type: 'string', description: 'The name of a definition' }] },
  response: {
    200: { description: 'The rows', $ref: 'Answer#' },
    default: { description: 'What was wrong', $ref: 'Problem#' },
  },
} as const;

export function queryRoute(app: FastifyInstance, context: ApiContext): void {
  app.post('/query', { schema, config: { scope: 'read' } }, async (request, reply): Promise<Answer> => {
    const trace = traceOf(request, reply);
    const { warehouse } = context;
    const { body } = request;
    const definition = typeof body === 'string' ? (await readDefinition(warehouse, body)).definition : body;
    return answer(warehouse, limitsFor(context, request), definition, trace);
  });
}
