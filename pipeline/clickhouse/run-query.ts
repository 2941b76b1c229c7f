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

/** A compiled query as the client takes it; the settings of how values are written and of what it may cost go with it. */
function requestOf(query: CompiledQuery, options: RunOptions) {
  const entries = Object.entries(query.params);
  const values = entries.filter(([, { type }]) => type !== 'Identifier').map(([name, { value }]) => [name, value]);
  // ClickHouse takes identifiers as they are, but the client escapes all its query_params: these go beside them.
  const identifiers = entries
    .filter(([, { type }]) => type === 'Identifier')
    .map(([name, parameter]) => [`param_${name}`, parameterText(parameter)]);
  return {
    query: query.sql,
    query_params: Object.fromEntries(values) as Record<string, unknown>,
    // Long lists go into the body.
    use_multipart_params_auto: true,
    clickhouse_settings: {
      ...WIRE_SETTINGS,
      ...ANALYSIS_SETTINGS,
      ...guardSettings(options),
      ...(Object.fromEntries(identifiers) as Record<string, string>),
      ...(options.comment === undefined ? {} : { log_comment: options.comment }),
    },
    ...(options.signal === undefined ? {} : { abort_signal: options.signal }),
    ...(options.queryId === undefined ? {} : { query_id: options.queryId }),
  };
}

/**
 * Runs a compiled query.
 * @throws SuuupraError clickhouse_unreachable, clickhouse_query_failed, query_timeout, query_too_costly
 */
export async function runQuery(
  warehouse: Warehouse,
  url: Config['clickhouseUrl'],
  query: CompiledQuery,
  options: RunOptions & { readonly maxRows: number },
): Promise<QueryResult> {
  const request = requestOf(query, options);
  // One more than is given, to know that there are more.
  const limit = String(options.maxRows + 1);
  try {
    const result = await warehouse.client.query({
      ...request,
      format: 'JSON',
      // An error in the middle of a query comes as an error, not as a torn answer.
      clickhouse_settings: { ...request.clickhouse_settings, limit, wait_end_of_query: 1 },
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

/**
 * Runs a compiled query whose rows are taken while they come, however many: no more of them are held than the reader has
 * not taken yet.
 * @returns rows in the portions in which they come; reading throws what a query throws that fails on its way
 * @throws SuuupraError clickhouse_unreachable, clickhouse_query_failed, query_timeout, query_too_costly
 */
export async function streamQuery(
  warehouse: Warehouse,
  url: Config['clickhouseUrl'],
  query: CompiledQuery,
  options: RunOptions,
): Promise<AsyncIterable<readonly Row[]>> {
  try {
    const result = await warehouse.client.query({ ...requestOf(query, options), format: 'JSONEachRow' });
    return portions(result.stream<Row>(), url);
  } catch (error) {
    throw warehouseError(error, url);
  }
}

async function* portions(
  stream: AsyncIterable<readonly { json(): Row }[]>,
  url: string,
): AsyncGenerator<readonly Row[]> {
  try {
    for await (const rows of stream) yield rows.map((row) => row.json());
  } catch (error) {
    throw warehouseError(error, url);
  }
}
