import { answer, compileFor } from '@suuupra/clickhouse';
import type { FastifyInstance } from 'fastify';
import { streamTypeOf } from '../answers/accept.ts';
import { createAnswerCache, endOf } from '../answers/cache.ts';
import { dataVersion } from '../answers/data-version.ts';
import { sendRows } from '../answers/stream.ts';
import type { ApiContext } from '../context.ts';
import { resolveDefinition } from '../definitions/store.ts';
import { limitsFor, traceOf } from '../requests/limits.ts';

const text = (description: string) => ({ description, type: 'string' });

const schema = {
  summary: 'Answer a definition',
  description:
    'The same definition gives the same rows here, on the command line and in Grafana. A text is the name of a definition. ' +
    'Accept chooses the form: the whole answer as JSON, or the rows alone as NDJSON or CSV, sent while they are found. ' +
    'An answer as JSON carries an ETag, and is 304 where If-None-Match has it.',
  body: { anyOf: [{ $ref: 'Definition#' }, { type: 'string', description: 'The name of a definition' }] },
  response: {
    200: {
      description: 'The rows',
      content: {
        'application/json': { schema: { $ref: 'Answer#' } },
        'application/x-ndjson': { schema: text('A row as JSON on each line') },
        'text/csv': { schema: text('RFC 4180; null is an empty field, the empty text a quoted one') },
      },
    },
    304: { description: 'The rows are those of If-None-Match', type: 'null' },
    default: { description: 'What was wrong', $ref: 'Problem#' },
  },
} as const;

/** Whether the client has the rows of a tag. */
const has = (header: string | undefined, etag: string): boolean =>
  header !== undefined && (header.trim() === '*' || header.split(',').some((tag) => tag.trim() === etag));

export function queryRoute(app: FastifyInstance, context: ApiContext): void {
  const { warehouse } = context;
  const cache = createAnswerCache((last) => dataVersion(warehouse, last));
  app.post('/query', { schema, config: { scope: 'read' } }, async (request, reply) => {
    const { body, headers } = request;
    const definition = await resolveDefinition(warehouse, body);
    void reply.header('vary', 'accept');
    const type = streamTypeOf(headers.accept);
    if (type !== undefined) return sendRows(context, request, reply, definition, type);

    const limits = limitsFor(context, request);
    const normalized = compileFor(limits, definition).definition;
    const entry = await cache.get(JSON.stringify(normalized), endOf(normalized), () =>
      answer(warehouse, limits, definition, traceOf(request, reply)),
    );
    void reply.headers({
      etag: entry.etag,
      'cache-control': `private, max-age=${String(entry.maxAge)}`,
      'x-cache': entry.isHit ? 'hit' : 'miss',
    });
    if (has(headers['if-none-match'], entry.etag)) return reply.status(304).send();
    return reply.type('application/json; charset=utf-8').serializer(String).send(entry.body);
  });
}
