import { parameterText, type CompiledQuery } from '@suuupra/analysis';
import type { Config } from '@suuupra/core';
import { warehouseError, type Warehouse } from './client.ts';
import { ANALYSIS_SETTINGS, guardSettings, WIRE_SETTINGS, type Limits } from './wire.ts';

/** A row of an answer: its columns in the order of the compiled query. */
export type Row = Readonly<Record<string, unknown>>;

export interface QueryResult {
  readonly rows: readonly Row[];
  /** More rows would have come. */
  readonly truncated: boolean;
  readonly rowsRead: number;
  readonly bytesRead: number;
}

export interface RunOptions extends Limits {
  readonly maxRows: number;
  /** Stops the query in ClickHouse as well. */
  readonly signal?: AbortSignal | undefined;
  /** What ClickHouse calls the query, for its log. */
  readonly queryId?: string | undefined;
  /** Whoever asked, for the log of ClickHouse. */
  readonly comment?: string | undefined;
}

/** What format JSON says besides the rows. */
interface Document {
  readonly data: readonly Row[];
  readonly statistics?: { readonly rows_read: number; readonly bytes_read: number };
}

/**
 * Runs a compiled query.
 * @throws SuuupraError clickhouse_unreachable, clickhouse_query_failed, query_timeout, query_too_costly
 */
export async function runQuery(
  warehouse: Warehouse,
  url: Config['clickhouseUrl'],
  query: CompiledQuery,
  options: RunOptions,
): Promise<QueryResult> {
  const entries = Object.entries(query.params);
  const values = entries.filter(([, { type }]) => type !== 'Identifier').map(([name, { value }]) => [name, value]);
  // ClickHouse takes identifiers as they are, but the client escapes all its query_params: these go beside them.
  const identifiers = entries
    .filter(([, { type }]) => type === 'Identifier')
    .map(([name, parameter]) => [`param_${name}`, parameterText(parameter)]);
  try {
    const result = await warehouse.client.query({
      query: query.sql,
      format: 'JSON',
      query_params: Object.fromEntries(values) as Record<string, unknown>,
      // Long lists go into the body.
      use_multipart_params_auto: true,
      clickhouse_settings: {
        ...WIRE_SETTINGS,
        ...ANALYSIS_SETTINGS,
        ...guardSettings(options),
        ...(Object.fromEntries(identifiers) as Record<string, string>),
        // One more than is given, to know that there are more.
        limit: String(options.maxRows + 1),
        ...(options.comment === undefined ? {} : { log_comment: options.comment }),
      },
      ...(options.signal === undefined ? {} : { abort_signal: options.signal }),
      ...(options.queryId === undefined ? {} : { query_id: options.queryId }),
    });
    const { data, statistics } = (await result.json()) as Document;
    const truncated = data.length > options.maxRows;
    return {
      rows: truncated ? data.slice(0, options.maxRows) : data,
      truncated,
      rowsRead: statistics?.rows_read ?? 0,
      bytesRead: statistics?.bytes_read ?? 0,
    };
  } catch (error) {
    throw warehouseError(error, url);
  }
}
