import { Readable } from 'node:stream';
import { compileFor, completeUntil, csvHead, csvRows, streamQuery } from '@suuupra/clickhouse';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiContext } from '../context.ts';
import { limitsFor, traceOf } from '../requests/limits.ts';

export const STREAM_TYPES = ['application/x-ndjson', 'text/csv'] as const;
export type StreamType = (typeof STREAM_TYPES)[number];

/**
 * Sends the rows of an answer while ClickHouse finds them, without a limit to their number: no more are read than the
 * client takes. An error after the first row tears the connection off, so that a part is never taken for the whole.
 */
export async function sendRows(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  definition: unknown,
  type: StreamType,
): Promise<FastifyReply> {
  const { warehouse } = context;
  const limits = limitsFor(context, request);
  const { signal, queryId, comment } = traceOf(request, reply);
  const compiled = compileFor(limits, definition);
  const columns = compiled.columns.map(({ name }) => name);
  const [complete, portions] = await Promise.all([
    completeUntil(warehouse, limits, signal),
    streamQuery(warehouse, limits.clickhouseUrl, compiled, {
      seconds: limits.queryTimeoutSeconds,
      rowsRead: limits.queryMaxRowsRead,
      bytesRead: limits.queryMaxBytesRead,
      signal,
      queryId,
      comment,
    }),
  ]);
  async function* lines(): AsyncGenerator<string> {
    if (type === 'text/csv') yield csvHead(columns);
    for await (const rows of portions)
      yield type === 'text/csv' ? csvRows(columns, rows) : rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  }
  if (complete !== null) void reply.header('x-complete-until', complete);
  return reply.type(`${type}; charset=utf-8`).send(Readable.from(lines()));
}
