import type { Readable } from 'node:stream';
import {
  ClickHouseError,
  ClickHouseLogLevel,
  createClient,
  type ClickHouseClient,
  type ClickHouseSettings,
} from '@clickhouse/client';
import { SuuupraError, errorMessage, type Config, type ErrorCode } from '@suuupra/core';

export type WarehouseConfig = Pick<
  Config,
  'clickhouseUrl' | 'clickhouseUser' | 'clickhousePassword' | 'clickhouseDatabase'
>;

export interface QueryOptions {
  /** Values of `{name:Type}` in the query; they never become part of its text. */
  readonly params?: Readonly<Record<string, unknown>>;
  readonly settings?: ClickHouseSettings;
  /** Stops the query in ClickHouse as well. */
  readonly signal?: AbortSignal;
}

/** The warehouse as this project uses it. Names without a database are looked up in the configured one. */
export interface Warehouse {
  readonly database: string;
  /** The rows of a query. 64-bit integers and decimals come as strings, as JSON numbers cannot hold them. */
  rows<T>(sql: string, options?: QueryOptions): Promise<T[]>;
  /** Runs a statement that returns nothing. */
  command(sql: string, options?: QueryOptions): Promise<void>;
  /** Inserts objects whose keys are columns. */
  insert(table: string, rows: readonly unknown[] | Readable, options?: QueryOptions): Promise<void>;
  /** @throws SuuupraError clickhouse_unreachable */
  ping(): Promise<void>;
  close(): Promise<void>;
  /** The client itself, for what the above does not offer. */
  readonly client: ClickHouseClient;
}

/** Errors of ClickHouse that say that a bound of the query was reached; all others are failures of the query. */
const BOUND_CODES: Readonly<Record<string, ErrorCode>> = {
  '158': 'query_too_costly',
  '307': 'query_too_costly',
  '159': 'query_timeout',
  '160': 'query_timeout',
  '209': 'query_timeout',
};

/** An error of the client as one of ours. */
export function warehouseError(error: unknown, url: string): SuuupraError {
  if (error instanceof SuuupraError) return error;
  if (error instanceof ClickHouseError) {
    const code = BOUND_CODES[error.code] ?? 'clickhouse_query_failed';
    return new SuuupraError(code, `ClickHouse: ${error.message}`, {
      details: { clickhouseCode: Number(error.code), clickhouseType: error.type },
      cause: error,
    });
  }
  return new SuuupraError('clickhouse_unreachable', `ClickHouse at ${url}: ${errorMessage(error)}`, { cause: error });
}

/**
 * @param config where ClickHouse is
 * @param database database of unqualified names; default the configured one
 * @throws SuuupraError (from every method) clickhouse_unreachable, clickhouse_query_failed, query_timeout
 */
export function createWarehouse(config: WarehouseConfig, database = config.clickhouseDatabase): Warehouse {
  const client = createClient({
    url: config.clickhouseUrl,
    username: config.clickhouseUser,
    password: config.clickhousePassword,
    database,
    application: 'suuupra',
    log: { level: ClickHouseLogLevel.OFF }, // the caller gets the error itself
    request_timeout: 600_000,
    clickhouse_settings: { output_format_json_quote_64bit_integers: 1, output_format_json_quote_decimals: 1 },
  });
  const orFail = async <T>(operation: Promise<T>): Promise<T> => {
    try {
      return await operation;
    } catch (error) {
      throw warehouseError(error, config.clickhouseUrl);
    }
  };
  const common = ({ params, settings, signal }: QueryOptions) => ({
    ...(params === undefined ? {} : { query_params: params }),
    ...(settings === undefined ? {} : { clickhouse_settings: settings }),
    ...(signal === undefined ? {} : { abort_signal: signal }),
  });

  return {
    client,
    database,
    rows: <T>(query: string, options: QueryOptions = {}) =>
      orFail(client.query({ query, format: 'JSONEachRow', ...common(options) }).then((result) => result.json<T>())),
    command: (query, options = {}) => orFail(client.command({ query, ...common(options) }).then(() => undefined)),
    insert: (table, values, options = {}) =>
      orFail(
        client
          .insert({ table, values: values as unknown[], format: 'JSONEachRow', ...common(options) })
          .then(() => undefined),
      ),
    ping: () =>
      orFail(
        client.ping().then((result) => {
          if (!result.success) throw result.error;
        }),
      ),
    close: () => client.close(),
  };
}
