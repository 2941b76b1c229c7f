/** The events that an analysis sees, each once, in their order. */
import type { Common, Event } from './definition.ts';
import { compareBytes, passes } from './filters.ts';

/** An event with its time in whole milliseconds since 1970. */
export interface Timed extends Event {
  readonly at: number;
}

export interface Log {
  /** Ordered by (`timestamp`, `event_id`). */
  readonly events: readonly Timed[];
  /** The end of the data in milliseconds, or undefined without data. */
  readonly asOf: number | undefined;
}

/**
 * Drops events that arrived again, those after `as_of`, and those that the filters of the definition leave out.
 * @param filters other than the definition's, for an analysis that applies them to some of its events only
 */
export function logOf(arrivals: readonly Event[], definition: Common, filters = definition.filters): Log {
  const unique = new Map<string, Timed>();
  for (const event of arrivals)
    if (!unique.has(event.event_id)) unique.set(event.event_id, { ...event, at: Date.parse(event.timestamp) });

  let asOf: number | undefined;
  if (definition.as_of !== undefined) asOf = Date.parse(definition.as_of);
  else for (const { at } of unique.values()) asOf = asOf === undefined ? at : Math.max(asOf, at);

  const events: Timed[] = [];
  for (const event of unique.values())
    if (asOf !== undefined && event.at <= asOf && passes(event, filters)) events.push(event);
  return { events: events.sort(byTimeAndId), asOf };
}

/** The order of a user's events. */
export function byTimeAndId(left: Timed, right: Timed): number {
  return left.at - right.at || compareBytes(left.event_id, right.event_id);
}

/** Whether a time lies in `[from, to)` of the definition. */
export function isInRange(at: number, definition: Common): boolean {
  if (definition.from !== undefined && at < Date.parse(definition.from)) return false;
  return definition.to === undefined || at < Date.parse(definition.to);
}

/** Events by a key, in their order; events whose key is undefined belong to no group. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
