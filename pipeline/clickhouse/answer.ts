import { compile, DefinitionError, type Compiled, type Definition, type DefinitionFault } from '@suuupra/analysis';
import { SuuupraError, type Config } from '@suuupra/core';
import type { Warehouse } from './client.ts';
import { completeUntil } from './completeness.ts';
import { patternFaults } from './patterns.ts';
import { runQuery, type Row } from './run-query.ts';

/** What `suuupra query` prints and `POST /api/v1/query` returns. */
export interface Answer {
  readonly analysis: string;
  /** The normalised definition, all defaults filled in. */
  readonly definition: Definition;
  readonly rows: readonly Row[];
  readonly meta: AnswerMeta;
}

export interface AnswerMeta {
  /** Up to when all events have arrived, as far as the pipeline knows. */
  readonly complete_until: string | null;
  readonly rows_read: number;
  readonly bytes_read: number;
  readonly elapsed_ms: number;
  /** Whether rows were left off (SUUUPRA_QUERY_MAX_ROWS). */
  readonly truncated: boolean;
  readonly warnings: readonly string[];
  /** Facts that an analysis states about the whole answer. */
  readonly [fact: string]: unknown;
}

export type AnswerConfig = Pick<
  Config,
  | 'clickhouseUrl'
  | 'clickhouseDatabase'
  | 'queryTimeoutSeconds'
  | 'queryMaxRows'
  | 'queryMaxRowsRead'
  | 'queryMaxBytesRead'
>;

export interface AnswerOptions {
  readonly signal?: AbortSignal | undefined;
  readonly queryId?: string | undefined;
  /** Whoever asked, for the log of ClickHouse. */
  readonly comment?: string | undefined;
}

/** A refused definition as an error that people meet; the faults are in `details.faults`. */
export const definitionInvalid = (faults: readonly DefinitionFault[], cause?: unknown): SuuupraError =>
  new SuuupraError('definition_invalid', new DefinitionError(faults).message, { details: { faults }, cause });

/**
 * Compiles a definition for the configured database.
 * @throws SuuupraError definition_invalid
 */
export function compileFor(config: Pick<AnswerConfig, 'clickhouseDatabase'>, definition: unknown): Compiled {
  try {
    return compile(definition, { database: config.clickhouseDatabase });
  } catch (error) {
    if (error instanceof DefinitionError) throw definitionInvalid(error.faults, error);
    throw error;
  }
}

const NO_REGEXP = 427;

/**
 * Answers a definition.
 * @throws SuuupraError definition_invalid, clickhouse_unreachable, clickhouse_query_failed, query_timeout,
 * query_too_costly
 */
export async function answer(
  warehouse: Warehouse,
  config: AnswerConfig,
  definition: unknown,
  { signal, queryId, comment }: AnswerOptions = {},
): Promise<Answer> {
  const started = performance.now();
  const compiled = compileFor(config, definition);
  const options = {
    seconds: config.queryTimeoutSeconds,
    rowsRead: config.queryMaxRowsRead,
    bytesRead: config.queryMaxBytesRead,
    maxRows: config.queryMaxRows,
    signal,
    comment,
  };
  const run = (query: Parameters<typeof runQuery>[2], id?: string) =>
    runQuery(warehouse, config.clickhouseUrl, query, { ...options, queryId: id });
  try {
    const [result, facts, complete] = await Promise.all([
      run(compiled, queryId),
      compiled.meta === undefined ? undefined : run(compiled.meta),
      completeUntil(warehouse, config, signal),
    ]);
    const warnings = [
      ...compiled.warnings,
      ...(result.truncated
        ? [`only the first ${String(config.queryMaxRows)} rows are shown (SUUUPRA_QUERY_MAX_ROWS)`]
        : []),
    ];
    return {
      analysis: compiled.definition.analysis,
      definition: compiled.definition,
      rows: result.rows,
      meta: {
        complete_until: complete,
        rows_read: result.rowsRead + (facts?.rowsRead ?? 0),
        bytes_read: result.bytesRead + (facts?.bytesRead ?? 0),
        elapsed_ms: Math.round(performance.now() - started),
        truncated: result.truncated,
        warnings,
        ...facts?.rows[0],
      },
    };
  } catch (error) {
    if (error instanceof SuuupraError && error.details.clickhouseCode === NO_REGEXP) {
      const faults = await patternFaults(warehouse, compiled.definition, signal);
      if (faults.length > 0) throw definitionInvalid(faults, error);
    }
    throw error;
  }
}
