import { guardSettings, WIRE_SETTINGS } from '@suuupra/clickhouse';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiContext } from '../context.ts';
import { limitsFor, traceOf } from './limits.ts';

export interface RowsQuery {
  readonly sql: string;
  readonly params?: Readonly<Record<string, unknown>>;
  /** Values of `{name:Identifier}`, which the client's own parameters cannot carry. */
  readonly identifiers?: Readonly<Record<string, string>>;
}

/**
 * Rows of a question that is no analysis, under the same limits and stopped when whoever asked leaves.
 * @throws SuuupraError as analyses do
 */
export async function rowsFor<T>(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { sql, params = {}, identifiers = {} }: RowsQuery,
): Promise<T[]> {
  const limits = limitsFor(context, request);
  const { signal, comment } = traceOf(request, reply);
  const named = Object.entries(identifiers).map(([name, value]) => [`param_${name}`, value] as const);
  return context.warehouse.rows<T>(sql, {
    params,
    settings: {
      ...WIRE_SETTINGS,
      ...guardSettings({
        seconds: limits.queryTimeoutSeconds,
        rowsRead: limits.queryMaxRowsRead,
        bytesRead: limits.queryMaxBytesRead,
      }),
      wait_end_of_query: 1,
      do_not_merge_across_partitions_select_final: 1,
      log_comment: comment ?? '',
      ...(Object.fromEntries(named) as Record<string, string>),
    },
    ...(signal === undefined ? {} : { signal }),
  });
}
