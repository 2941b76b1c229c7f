import type { Engine } from './engine.ts';
import { raise } from './errors.ts';

/** Milliseconds between two tries to kill a query that has not yet begun, or that has more than one part. */
const RETRY = 100;

/** A query from the moment its request is read until the engine is done with it. */
export class Run {
  readonly queryId: string;
  #cancelled = false;
  #over = false;
  #settled: (() => void)[] = [];

  constructor(queryId: string) {
    this.queryId = queryId;
  }

  get cancelled(): boolean {
    return this.#cancelled;
  }

  get over(): boolean {
    return this.#over;
  }

  /** The engine has marked the query as killed, or is done with it. */
  settle(how: 'marked' | 'over'): void {
    if (how === 'over') this.#over = true;
    for (const resolve of this.#settled) resolve();
    this.#settled = [];
  }

  /** Says that the query is to be killed. @returns resolves when the engine knows, or when the query is over */
  wanted(): Promise<void> {
    this.#cancelled = true;
    return this.#over ? Promise.resolve() : new Promise((resolve) => this.#settled.push(resolve));
  }
}

/** All queries that run, by the ids of their clients. */
export class Running {
  readonly #engine: Engine;
  readonly #byId = new Map<string, Run>();
  #killing = false;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  get size(): number {
    return this.#byId.size;
  }

  /** @throws ClickHouseError 216 if a query with this id runs */
  begin(queryId: string): Run {
    if (this.#byId.has(queryId)) throw raise.duplicateQueryId(queryId);
    const run = new Run(queryId);
    this.#byId.set(queryId, run);
    return run;
  }

  end(run: Run): void {
    this.#byId.delete(run.queryId);
    run.settle('over');
  }

  /**
   * Stops a query in the engine. A query that waits for data from its pipe notices when the pipe ends.
   * @returns resolves once the engine has marked it, or when it is over
   */
  cancel(run: Run): Promise<void> {
    const known = run.wanted();
    if (!this.#killing) void this.#killWanted();
    return known;
  }

  cancelAll(): void {
    for (const run of this.#byId.values()) void this.cancel(run);
  }

  /** One statement at a time for all, again and again until they are over: a request can be several queries. */
  async #killWanted(): Promise<void> {
    this.#killing = true;
    for (;;) {
      const wanted = [...this.#byId.values()].filter((run) => run.cancelled);
      if (wanted.length === 0) break;
      // a failure (the engine is being closed) must not stop the tries: the queries still hold their connections
      const killed = await this.#engine.kill(wanted.map((run) => run.queryId)).catch(() => new Set<string>());
      for (const run of wanted) if (killed.has(run.queryId)) run.settle('marked');
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
    this.#killing = false;
  }
}
