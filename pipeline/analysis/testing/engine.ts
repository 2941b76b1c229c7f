/**
 * ClickHouse's engine inside the test's own process, with the stored events as the analyses see them and the functions
 * of sql/functions: compiled queries run as they run in production, without a stack.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Session } from 'chdb';
import type { CompiledQuery } from '../compile.ts';
import { compile } from '../compile.ts';
import { parameterText } from '../render/parameter-text.ts';

const SQL_FUNCTIONS = path.resolve(import.meta.dirname, '../../../sql/functions');

/** The columns that analyses may read; types as the migrations create them. */
const EVENTS = `
  event_id UUID, event_type LowCardinality(String), user_id UUID,
  session_id Nullable(String), content_id Nullable(String),
  timestamp DateTime64(3, 'UTC'), received_at Nullable(DateTime64(3, 'UTC')),
  device LowCardinality(Nullable(String)), country LowCardinality(Nullable(String)),
  url Nullable(String), referrer Nullable(String), order_id Nullable(String),
  currency LowCardinality(Nullable(String)), experiment_key LowCardinality(Nullable(String)),
  variant LowCardinality(Nullable(String)),
  watch_time_seconds Nullable(Float64), duration_seconds Nullable(Float64), amount Nullable(Decimal(18, 6)),
  properties JSON, _arrival UInt64 DEFAULT 0`;

/** A stored event; what is left out is null or empty. */
export interface TestEvent {
  readonly event_id: string;
  readonly event_type: string;
  readonly user_id: string;
  readonly timestamp: string;
  readonly session_id?: string | null;
  readonly content_id?: string | null;
  readonly properties?: Readonly<Record<string, string | number | boolean>>;
}

const TEXTS = ['device', 'country', 'url', 'referrer', 'order_id', 'currency', 'experiment_key', 'variant'];
const NUMBERS = ['watch_time_seconds', 'duration_seconds'];

/** Splits the properties into columns and the rest, as the contract of events does. */
function toRow({ properties = {}, ...event }: TestEvent): Record<string, unknown> {
  const row: Record<string, unknown> = { ...event };
  const rest: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(properties)) {
    const isText = TEXTS.includes(key) && typeof item === 'string';
    const isNumber = NUMBERS.includes(key) && typeof item === 'number';
    const isMoney = key === 'amount' && typeof item === 'number' && Number(item.toFixed(6)) === item;
    if (isText || isNumber || isMoney) row[key] = item;
    else rest[key] = item;
  }
  return { ...row, properties: rest };
}

export type Row = Readonly<Record<string, unknown>>;

/** How values travel; pipeline/clickhouse sets the same for every answer. */
export const WIRE_SETTINGS =
  "compile_expressions = 0, optimize_and_compare_chain = 0, date_time_output_format = 'iso', output_format_json_quote_64bit_integers = 0, output_format_json_quote_denormals = 0, output_format_json_quote_decimals = 1, output_format_decimal_trailing_zeros = 0, enable_extended_results_for_datetime_functions = 1";

const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

export class Engine {
  readonly #session: Session;
  readonly #directory: string;

  private constructor(session: Session, directory: string) {
    this.#session = session;
    this.#directory = directory;
  }

  static async start(): Promise<Engine> {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-analysis-'));
    const engine = new Engine(new Session(directory), directory);
    await engine.command('CREATE DATABASE analytics');
    await engine.command(
      `CREATE TABLE analytics.events (${EVENTS}) ENGINE = ReplacingMergeTree(_arrival) ORDER BY (user_id, timestamp, event_id)`,
    );
    await engine.command('CREATE VIEW analytics.unique_events AS SELECT * FROM analytics.events FINAL');
    for (const file of fs.readdirSync(SQL_FUNCTIONS).sort())
      for (const statement of fs.readFileSync(path.join(SQL_FUNCTIONS, file), 'utf8').split(/;\s*$/m))
        if (/^\s*CREATE/m.test(statement)) await engine.command(statement);
    return engine;
  }

  async command(sql: string): Promise<void> {
    await this.#session.queryAsync(sql);
  }

  /** Replaces all stored events. */
  async store(events: readonly TestEvent[]): Promise<void> {
    await this.command('TRUNCATE TABLE analytics.events');
    if (events.length === 0) return;
    await this.#session.insert({
      table: 'analytics.events',
      values: Buffer.from(events.map((event) => JSON.stringify(toRow(event))).join('\n')),
      format: 'JSONEachRow',
      settings: {
        date_time_input_format: 'best_effort',
        input_format_try_infer_dates: 0,
        input_format_try_infer_datetimes: 0,
      },
    });
  }

  /** The rows of a query with bound parameters. */
  async query({ sql, params }: Pick<CompiledQuery, 'sql' | 'params'>): Promise<Row[]> {
    const bound = Object.entries(params).map(([name, item]) => `param_${name} = ${literal(parameterText(item))}`);
    const settings = `SET ${[...bound, WIRE_SETTINGS].join(', ')};`;
    const result = await this.#session.queryAsync(`${settings} ${sql}`, { format: 'JSONEachRow' });
    return result
      .text()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Row);
  }

  /** Compiles and runs a definition. */
  async rows(definition: unknown): Promise<Row[]> {
    return this.query(compile(definition));
  }

  stop(): void {
    this.#session.cleanup();
    fs.rmSync(this.#directory, { recursive: true, force: true });
  }
}
