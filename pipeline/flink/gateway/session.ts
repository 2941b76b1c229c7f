import { FlinkResponseError } from '../rest/request.ts';
import { Anything, SessionOpened, type ResultRow } from './answers.ts';
import type { GatewayTransport } from './transport.ts';
import { Operation, type ExecuteOptions, type StatementResult } from './operation.ts';
import { statementError } from './statement-error.ts';

export interface SessionOptions {
  /** Shown in the Gateway's log. */
  readonly name?: string;
  /** Flink options of the session, such as `parallelism.default`. */
  readonly properties?: Readonly<Record<string, string>>;
}

/** The Gateway forgets a session after ten idle minutes unless configured otherwise. */
const HEARTBEAT_MS = 60_000;

/**
 * A session of the SQL Gateway: options, tables and functions that statements share.
 * If the Gateway forgets it (it was restarted), the session is opened again and what `prepare` ran is run again.
 */
export class GatewaySession {
  readonly #gateway: GatewayTransport;
  readonly #options: SessionOptions;
  readonly #prepared: string[] = [];
  #handle: string;
  readonly #heartbeat: NodeJS.Timeout;

  private constructor(gateway: GatewayTransport, options: SessionOptions, handle: string) {
    this.#gateway = gateway;
    this.#options = options;
    this.#handle = handle;
    this.#heartbeat = setInterval(() => void this.#beat(), HEARTBEAT_MS).unref();
  }

  static async open(gateway: GatewayTransport, options: SessionOptions): Promise<GatewaySession> {
    return new GatewaySession(gateway, options, await openHandle(gateway, options));
  }

  /** What the Gateway calls the session; another one after it was opened again. */
  get id(): string {
    return this.#handle;
  }

  /**
   * Runs a statement on which later ones depend (CREATE TABLE, ADD JAR, SET …); it is run again if the session is lost.
   * @throws SuuupraError flink_statement_failed, flink_unreachable, query_timeout
   */
  async prepare(statement: string, options: ExecuteOptions = {}): Promise<StatementResult> {
    const result = await this.execute(statement, options);
    this.#prepared.push(statement);
    return result;
  }

  /**
   * Runs one statement to its end and collects its rows.
   * @throws SuuupraError flink_statement_failed, flink_unreachable, query_timeout
   */
  async execute(statement: string, options: ExecuteOptions = {}): Promise<StatementResult> {
    const operation = await this.#start(statement, options);
    return operation.collect();
  }

  /**
   * Runs a query and yields its rows as they come; leaving the loop early cancels the query.
   * @throws SuuupraError flink_statement_failed, flink_unreachable, query_timeout
   */
  async *stream(statement: string, options: ExecuteOptions = {}): AsyncGenerator<ResultRow, void, undefined> {
    const operation = await this.#start(statement, options);
    yield* operation.rows();
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    try {
      await this.#gateway.call('DELETE', `/sessions/${this.#handle}`, Anything);
    } catch (error) {
      if (!isLost(error)) throw error;
    }
  }

  async #start(statement: string, options: ExecuteOptions): Promise<Operation> {
    const submit = () => Operation.start(this.#gateway, this.#handle, statement, options);
    try {
      return await submit();
    } catch (error) {
      // A session that is not known has not run the statement: running it now runs it once.
      if (!(error instanceof FlinkResponseError)) throw error;
      if (!isLost(error)) throw statementError(error, statement);
      await this.#reopen();
      return submit();
    }
  }

  async #reopen(): Promise<void> {
    this.#handle = await openHandle(this.#gateway, this.#options);
    for (const statement of this.#prepared) {
      const operation = await Operation.start(this.#gateway, this.#handle, statement, {});
      await operation.collect();
    }
  }

  async #beat(): Promise<void> {
    try {
      await this.#gateway.call('POST', `/sessions/${this.#handle}/heartbeat`, Anything);
    } catch {
      // The next statement finds out, and can say what it was about.
    }
  }
}

async function openHandle(gateway: GatewayTransport, options: SessionOptions): Promise<string> {
  const body = { sessionName: options.name ?? 'suuupra', properties: options.properties ?? {} };
  return (await gateway.call('POST', '/sessions', SessionOpened, { body })).sessionHandle;
}

/** `Session '…' does not exist.`, which is also said after a restart of the Gateway. */
const isLost = (error: unknown): boolean =>
  error instanceof FlinkResponseError && /Session '[^']*' does not exist/.test(error.trace);
