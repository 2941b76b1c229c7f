import { userIdOf } from './derived-id.ts';
import { PREFIX, type KeyValue } from './storage.ts';
import { randomId } from './uuid.ts';

/** A session ends after MORE than this time without an event, as sessions are counted everywhere in the product. */
const SESSION_GAP_MS = 30 * 60_000;

const USER = `${PREFIX}user`;
const SESSION = `${PREFIX}session`;

/** Who the visitor is, and in which session; shared by all tabs. */
export class Identity {
  readonly #storage: KeyValue;
  readonly #now: () => number;

  constructor(storage: KeyValue, now: () => number = Date.now) {
    this.#storage = storage;
    this.#now = now;
  }

  /** The user's id; a visitor who is not known gets a random one. */
  userId(): string {
    const known = this.#storage.getItem(USER);
    return known ?? this.#keep(USER, randomId());
  }

  /** The present session; an event belongs to it and keeps it going. */
  sessionId(): string {
    const [id, last] = (this.#storage.getItem(SESSION) ?? '').split(' ');
    const goesOn = id && this.#now() - Number(last) <= SESSION_GAP_MS;
    const session = goesOn ? id : randomId();
    this.#keep(SESSION, `${session} ${String(this.#now())}`);
    return session;
  }

  /** The visitor is this user from now on. Returns the id as the warehouse knows it. */
  identify(id: string): string {
    return this.#keep(USER, userIdOf(id));
  }

  /** Somebody else uses the browser now. */
  reset(): void {
    this.#storage.removeItem(USER);
    this.#storage.removeItem(SESSION);
  }

  #keep(key: string, value: string): string {
    try {
      this.#storage.setItem(key, value);
    } catch {
      // full: the next event gets another id, which is better than none
    }
    return value;
  }
}
