/** Something that went wrong and that the page may want to know of; nothing of the SDK ever throws into the page. */
export interface Problem {
  /**
   * `refused`: the collector did not take an event; `dropped`: the queue was full or an event too large;
   * `unreachable`: the collector does not answer or sends away, and is tried again; `invalid`: a call that cannot be right.
   */
  readonly code: 'refused' | 'dropped' | 'unreachable' | 'invalid';
  readonly message: string;
}

export interface AnalyticsOptions {
  /** Address of the collector, such as `https://events.shop.example`. */
  readonly url: string;
  /** The write key of this page; it is public. */
  readonly writeKey?: string;
  /** Sends a `page_view` now and for every navigation, those by the history too. Default true. */
  readonly pageViews?: boolean;
  /** `local` (default) keeps ids and unsent events in localStorage; `memory` nowhere. Cookies are never used. */
  readonly storage?: 'local' | 'memory';
  /** Sends nothing to visitors whose browser says Do Not Track or Global Privacy Control. Default true. */
  readonly respectDoNotTrack?: boolean;
  /** Parameters of addresses that are kept; the others may carry personal data. Default: those that begin with `utm_`. */
  readonly keepParameters?: readonly string[];
  /** How long events wait for others, in milliseconds. Default 2000. */
  readonly flushMs?: number;
  /** Most unsent events; the oldest go first. Default 1000. */
  readonly maxQueued?: number;
  readonly onProblem?: (problem: Problem) => void;
}
