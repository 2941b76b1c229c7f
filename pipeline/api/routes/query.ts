import { randomUUID } from 'node:crypto';
import { answer, type Answer } from '@suuupra/clickhouse';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ApiContext } from '../context.ts';

/** Fires when whoever asked has gone before the answer was sent: the query is then stopped in ClickHouse. */
function leaving(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

const schema = {
  summary: 'Answer a definition',
  description: 'The same definition gives the same rows here, on the command line and in Grafana.',
  security: [{ token: [] }],
  body: { $ref: 'Definition#' },
  response: {
    200: { description: 'The rows', $ref: 'Answer#' },
    default: { description: 'What was wrong', $ref: 'Problem#' },
  },
} as const;

// A caller may give one request id to several requests; ClickHouse runs one query of an id at a time.
export function queryRoute(app: FastifyInstance, { config, warehouse }: ApiContext): void {
  app.post('/query', { schema }, async (request, reply): Promise<Answer> =>
    answer(warehouse, config, request.body, {
      signal: leaving(reply),
      queryId: `${request.id}-${randomUUID().slice(0, 8)}`,
    }),
  );
}
