import type { Connection } from './addon.ts';
import type { Engine } from './engine.ts';
import { raise } from './errors.ts';
import type { SessionRequest } from './request.ts';

const MAX_SESSIONS = 1000;

interface Session {
  readonly connection: Connection;
  busy: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** Connections that stay open between requests: temporary tables, SET and USE of a session live in them. */
export class Sessions {
  readonly #engine: Engine;
  readonly #byId = new Map<string, Session>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /**
   * Takes the connection of a session for one query.
   * @throws ClickHouseError 372, 373, or 374 if there are too many
   */
  take(request: SessionRequest): Connection {
    const existing = this.#byId.get(request.id);
    if (existing?.busy === true) throw raise.sessionLocked(request.id);
    if (existing === undefined && request.check) throw raise.sessionNotFound(request.id);
    if (existing === undefined && this.#byId.size >= MAX_SESSIONS)
      throw raise.tooManyQueries(`Too many sessions: ${String(MAX_SESSIONS)} are open`);
    const session = existing ?? { connection: this.#engine.connect(), busy: false, timer: undefined };
    clearTimeout(session.timer);
    session.busy = true;
    this.#byId.set(request.id, session);
    return session.connection;
  }

  /** Gives the connection back; it is closed after the session's timeout, or at once if the request says so. */
  giveBack(request: SessionRequest): void {
    const session = this.#byId.get(request.id);
    if (session === undefined) return;
    session.busy = false;
    const forget = (): void => {
      this.#byId.delete(request.id);
      this.#engine.close(session.connection);
    };
    if (request.close) forget();
    else session.timer = setTimeout(forget, request.timeout * 1000).unref();
  }

  /** Closes all connections; no query may be running in them. */
  closeAll(): void {
    for (const session of this.#byId.values()) {
      clearTimeout(session.timer);
      this.#engine.close(session.connection);
    }
    this.#byId.clear();
  }
}
