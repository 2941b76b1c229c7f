import type { Engine } from './engine.ts';
import { raise } from './errors.ts';

/** Milliseconds between two tries to kill a query that has not yet begun, or that does not look. */
const RETRY = 100;

/** A query from the moment it is sent to the engine until the engine is done with it. */
export class Run {
  readonly queryId: string;
  readonly #engine: Engine;
  #over = false;
  #cancelling: Promise<void> | undefined;

  constructor(engine: Engine, queryId: string) {
    this.#engine = engine;
    this.queryId = queryId;
  }

  get over(): boolean {
    return this.#over;
  }

  get cancelled(): boolean {
    return this.#cancelling !== undefined;
  }

  end(): void {
    this.#over = true;
  }

  /**
   * Stops the query in the engine. Resolves once the engine has marked it (or it is over); a query that waits for
   * data from its pipe looks at the mark when the pipe ends.
   */
  cancel(): Promise<void> {
    this.#cancelling ??= this.#cancel();
    return this.#cancelling;
  }

  async #cancel(): Promise<void> {
    while (!this.#over) {
      const marked = await this.#mark();
      await new Promise((resolve) => setTimeout(resolve, marked ? 0 : RETRY));
      if (!marked) continue;
      void this.#keepMarking();
      return;
    }
  }

  /** What a client sends can be several statements for the engine; each is marked until the last is over. */
  async #keepMarking(): Promise<void> {
    while (!this.#over) {
      await new Promise((resolve) => setTimeout(resolve, RETRY).unref());
      if (!this.#over) await this.#mark();
    }
  }

  /** An error here (the engine closes) must not stop the tries: the query still holds its connection. */
  #mark(): Promise<boolean> {
    return this.#engine.kill(this.queryId).catch(() => false);
  }
}

/** All queries that run, by the ids of their clients. */
export class Running {
  readonly #engine: Engine;
  readonly #byId = new Map<string, Run>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** @throws ClickHouseError 216 if a query with this id runs */
  begin(queryId: string): Run {
    if (this.#byId.has(queryId)) throw raise.duplicateQueryId(queryId);
    const run = new Run(this.#engine, queryId);
    this.#byId.set(queryId, run);
    return run;
  }

  end(run: Run): void {
    run.end();
    this.#byId.delete(run.queryId);
  }

  get size(): number {
    return this.#byId.size;
  }

  async cancelAll(): Promise<void> {
    await Promise.all([...this.#byId.values()].map((run) => run.cancel()));
  }
}
