import type { Connection } from './addon.ts';
import type { Engine, EngineFacts } from './engine.ts';
import type { Pipes } from './pipes.ts';
import type { QueryRequest } from './request.ts';
import type { Reply } from './response.ts';
import type { Run } from './running.ts';

/** All that it takes to run one statement and answer it. */
export interface Job {
  readonly engine: Engine;
  readonly facts: EngineFacts;
  readonly pipes: Pipes;
  /** Prepared with the settings of the request. */
  readonly connection: Connection;
  readonly request: QueryRequest;
  readonly run: Run;
  /** Stops the run in the engine; resolves once the engine knows. */
  readonly cancel: () => Promise<void>;
  readonly reply: Reply;
}

/**
 * Sends the end of a response. It is called when connection, session and query id are free again: a client may use
 * them as soon as it has its answer.
 */
export type Finish = () => void | Promise<void>;
