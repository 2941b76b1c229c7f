import { createHash } from 'node:crypto';
import type { Answer } from '@suuupra/clickhouse';
import { LRUCache } from 'lru-cache';

/** An answer as it is sent. */
export interface CachedAnswer {
  readonly body: string;
  /** Names the rows; what it cost to find them is not part of it. */
  readonly etag: string;
  readonly storedAt: number;
  /** Of an answer whose events have all arrived: the version of the data that it was made of. */
  readonly version: string | undefined;
  /** How long a client may use it without asking, in seconds. */
  readonly maxAge: number;
}

/** Tells the version of the events before a time; see data-version.ts. */
export type VersionOf = (last: number) => Promise<string | undefined>;

export interface AnswerCache {
  /**
   * @param last end of what the answer reads, if it has one
   * @param make asks ClickHouse
   */
  get(key: string, last: number | undefined, make: () => Promise<Answer>): Promise<CachedAnswer & { isHit: boolean }>;
}

const MAX_BYTES = 64 * 1024 * 1024;
/** Of an answer that further events will change: a dashboard of many panels asks once, and is still live. */
const OPEN_SECONDS = 2;
/** Of one whose events have all arrived. It is kept longer, as long as no event comes later than nearly all do. */
const CLOSED_SECONDS = 60;

/** Analyses that read nothing at or after `to`; all others follow users past it, up to `as_of`. */
const WITHIN_RANGE = new Set(['activity', 'lifecycle', 'trend', 'revenue']);

/** Where the events end that an answer is made of, in milliseconds since 1970; undefined: wherever the data ends. */
export function endOf(definition: Answer['definition']): number | undefined {
  const { to, as_of: end } = definition as { readonly to?: string; readonly as_of?: string };
  const last = end ?? (WITHIN_RANGE.has(definition.analysis) ? to : undefined);
  return last === undefined ? undefined : Date.parse(last);
}

const etagOf = ({ definition, rows, meta: { truncated, warnings } }: Answer): string => {
  const text = JSON.stringify([definition, rows, truncated, warnings]);
  return `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
};

/**
 * Bounded by the size of what it holds; the answer that was asked for longest ago goes first. An answer of which more
 * events may come is given again for seconds; one of which all have arrived, until the events before its end change.
 */
export function createAnswerCache(versionOf: VersionOf, maxBytes = MAX_BYTES, now = Date.now): AnswerCache {
  const entries = new LRUCache<string, CachedAnswer>({
    maxSize: maxBytes,
    sizeCalculation: ({ body }, key) => 2 * (body.length + key.length),
  });
  const isFresh = async (entry: CachedAnswer, last: number | undefined): Promise<boolean> => {
    if (now() < entry.storedAt + 1000 * OPEN_SECONDS) return true;
    return entry.version !== undefined && last !== undefined && (await versionOf(last)) === entry.version;
  };
  return {
    get: async (key, last, make) => {
      const found = entries.get(key);
      if (found !== undefined && (await isFresh(found, last))) return { ...found, isHit: true };
      // Before the question: what is stored meanwhile must not be taken for part of the answer.
      const before = last === undefined ? undefined : await versionOf(last);
      const answer = await make();
      const complete = answer.meta.complete_until;
      const isClosed = last !== undefined && complete !== null && last <= Date.parse(complete);
      const entry = {
        body: JSON.stringify(answer),
        etag: etagOf(answer),
        storedAt: now(),
        version: isClosed ? before : undefined,
        maxAge: isClosed ? CLOSED_SECONDS : OPEN_SECONDS,
      };
      entries.set(key, entry);
      return { ...entry, isHit: false };
    },
  };
}
