import { setTimeout as sleep } from 'node:timers/promises';
import { SuuupraError } from '@suuupra/core';
import { FlinkResponseError, request } from '../rest/request.ts';
import { Anything, OperationStarted, ResultPage, type Page, type ResultColumn, type ResultRow } from './answers.ts';
import type { GatewayTransport } from './transport.ts';
import { statementError } from './statement-error.ts';

export interface ExecuteOptions {
  /** From submission to the last row; default 120 s. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Rows to collect at most; the query is cancelled after them. Default: all. */
  readonly maxRows?: number;
}

export interface StatementResult {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly ResultRow[];
  /** The Flink job, if the statement started one. */
  readonly jobId: string | undefined;
  readonly truncated: boolean;
}

const DEFAULT_TIMEOUT_MS = 120_000;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;

/** One statement while the Gateway runs it. */
export class Operation {
  readonly #gateway: GatewayTransport;
  readonly #path: string;
  readonly #statement: string;
  readonly #options: ExecuteOptions;
  readonly #deadline: number;
  columns: readonly ResultColumn[] = [];
  jobId: string | undefined;

  private constructor(gateway: GatewayTransport, path: string, statement: string, options: ExecuteOptions) {
    this.#gateway = gateway;
    this.#path = path;
    this.#statement = statement;
    this.#options = options;
    this.#deadline = Date.now() + (options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  }

  /** @throws FlinkResponseError the Gateway did not take the statement */
  static async start(
    gateway: GatewayTransport,
    session: string,
    statement: string,
    options: ExecuteOptions,
  ): Promise<Operation> {
    const answer = await gateway.call('POST', `/sessions/${session}/statements`, OperationStarted, {
      body: { statement },
      signal: options.signal,
    });
    const path = `/sessions/${session}/operations/${answer.operationHandle}`;
    return new Operation(gateway, path, statement, options);
  }

  /** @throws SuuupraError flink_statement_failed, flink_unreachable, query_timeout */
  async collect(): Promise<StatementResult> {
    const rows: ResultRow[] = [];
    let truncated = false;
    for await (const row of this.rows()) {
      if (rows.length === this.#options.maxRows) {
        truncated = true;
        break;
      }
      rows.push(row);
    }
    return { columns: this.columns, rows, jobId: this.jobId, truncated };
  }

  /** The rows page by page. Ends the operation on every way out: end, error, time-out, abort, early return. */
  async *rows(): AsyncGenerator<ResultRow, void, undefined> {
    let finished = false;
    try {
      for await (const page of this.#pages()) yield* page.results?.data ?? [];
      finished = true;
    } catch (error) {
      throw error instanceof FlinkResponseError ? statementError(error, this.#statement) : error;
    } finally {
      await this.#end(finished);
    }
  }

  async *#pages(): AsyncGenerator<Page, void, undefined> {
    const version = (await this.#gateway.version()).toLowerCase();
    // Version 1 knows no row format and always answers in JSON.
    const format = version === 'v1' ? '' : '?rowFormat=JSON';
    let uri: string | undefined = `/${version}${this.#path}/result/0${format}`;
    let pause = FIRST_PAUSE_MS;
    while (uri !== undefined) {
      const page: Page = await request('GET', this.#gateway.url + uri, ResultPage, { signal: this.#options.signal });
      this.jobId ??= page.jobID ?? undefined;
      if (page.results) this.columns = page.results.columns;
      yield page;
      if (page.resultType === 'EOS') return;
      uri = page.nextResultUri ?? undefined;
      if (Date.now() > this.#deadline) throw this.#timeout();
      const empty = (page.results?.data.length ?? 0) === 0;
      pause = empty ? Math.min(pause * 2, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS;
      if (empty) await sleep(pause, undefined, { signal: this.#options.signal });
    }
  }

  #timeout(): SuuupraError {
    const seconds = (this.#options.timeoutMs ?? DEFAULT_TIMEOUT_MS) / 1000;
    return new SuuupraError('query_timeout', `Flink did not finish within ${String(seconds)} s: ${this.#statement}`);
  }

  /**
   * Frees what the Gateway holds for this statement; closing a query whose rows were not all read cancels its job.
   * What goes wrong here must not hide the statement's own error.
   */
  async #end(finished: boolean): Promise<void> {
    // A query that gives rows counts as finished for the Gateway, which then refuses to cancel it: close it all the same.
    if (!finished) await this.#gateway.call('POST', `${this.#path}/cancel`, Anything).catch(() => undefined);
    await this.#gateway.call('DELETE', `${this.#path}/close`, Anything).catch(() => undefined);
  }
}
