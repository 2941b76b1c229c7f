import { randomUUID } from 'node:crypto';
import type { AnswerConfig, AnswerOptions } from '@suuupra/clickhouse';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiContext } from '../context.ts';

/** Fires when whoever asked has gone before the answer was sent: the query is then stopped in ClickHouse. */
function leaving(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** The lower of two bounds, of which 0 and nothing are none. */
const tighter = (common: number, own: number | undefined): number =>
  own === undefined ? common : common === 0 ? own : Math.min(common, own);

/** The common limits of a query, narrowed to those of the token that asks. */
export function limitsFor({ config }: ApiContext, { principal }: FastifyRequest): AnswerConfig {
  const { maxRowsRead, maxBytesRead, maxSeconds } = principal.limits;
  return {
    clickhouseUrl: config.clickhouseUrl,
    clickhouseDatabase: config.clickhouseDatabase,
    queryMaxRows: config.queryMaxRows,
    queryTimeoutSeconds: tighter(config.queryTimeoutSeconds, maxSeconds),
    queryMaxRowsRead: tighter(config.queryMaxRowsRead, maxRowsRead),
    queryMaxBytesRead: tighter(config.queryMaxBytesRead, maxBytesRead),
  };
}

/** How a query of a request is stopped, and found again in ClickHouse. */
export const traceOf = (request: FastifyRequest, reply: FastifyReply): AnswerOptions => ({
  signal: leaving(reply),
  // A caller may give one request id to several requests; ClickHouse runs one query of an id at a time.
  queryId: `${request.id}-${randomUUID().slice(0, 8)}`,
  comment: `api ${request.principal.name} ${request.id}`,
});
