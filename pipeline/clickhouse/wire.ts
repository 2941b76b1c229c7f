import type { ClickHouseSettings } from '@clickhouse/client';

/**
 * How the values of an answer are written, the only place that says so: counts as numbers, money as decimal strings
 * without needless zeros, times in ISO 8601 with milliseconds and Z, doubles with all their digits, not-a-number as null.
 */
export const WIRE_SETTINGS = {
  date_time_output_format: 'iso',
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_decimals: 1,
  output_format_decimal_trailing_zeros: 0,
  output_format_json_quote_denormals: 0,
} as const satisfies ClickHouseSettings;

/** How analyses are computed, whoever asks: the same digits everywhere. */
export const ANALYSIS_SETTINGS = {
  /** Starts of days, weeks and months outside 1970 … 2106 too. */
  enable_extended_results_for_datetime_functions: 1,
  /** Copies of one event have the same time and lie in one partition. */
  do_not_merge_across_partitions_select_final: 1,
  /** Statistics are long expressions over a few rows: compiling them to machine code takes longer than running them. */
  compile_expressions: 0,
  /** The search for chains of comparisons takes longer than all the rest of planning an experiment. */
  optimize_and_compare_chain: 0,
} as const satisfies ClickHouseSettings;

/** Beyond this, grouping and sorting go on on disk: memory stays bounded however many users there are. */
const SPILL_BYTES = 4_000_000_000;

export interface Limits {
  /** Longest time of the query in ClickHouse, in seconds. */
  readonly seconds: number;
  /** Most rows and bytes it may read; nothing or 0: no limit. */
  readonly rowsRead?: number | undefined;
  readonly bytesRead?: number | undefined;
}

/** Settings of a query that only reads and may be stopped. */
export const guardSettings = ({ seconds, rowsRead = 0, bytesRead = 0 }: Limits): ClickHouseSettings => ({
  // 2: reads only, but settings may come with the query.
  readonly: '2',
  cancel_http_readonly_queries_on_client_close: 1,
  max_execution_time: seconds,
  max_rows_to_read: String(rowsRead),
  max_bytes_to_read: String(bytesRead),
  max_bytes_before_external_group_by: String(SPILL_BYTES),
  max_bytes_before_external_sort: String(SPILL_BYTES),
});
