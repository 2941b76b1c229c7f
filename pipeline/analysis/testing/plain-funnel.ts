/**
 * The funnel of contract as plain loops over one unit's events, slow and without any of the compiler's ideas: every
 * start is tried, strict paths are searched exhaustively. The tests hold the compiled SQL against it.
 */

/** An event of one unit: its time in milliseconds, its identifier, which steps (from 0) and exclusions it is. */
export interface PlainEvent {
  readonly at: number;
  readonly id: string;
  readonly steps: ReadonlySet<number>;
  readonly exclusions: ReadonlySet<number>;
}

export interface PlainFunnel {
  readonly steps: number;
  readonly window: number;
  readonly order: 'ordered' | 'strict' | 'any';
  /** Steps from 0. */
  readonly exclusions: readonly { readonly after: number; readonly before: number }[];
}

export interface PlainPath {
  readonly level: number;
  readonly start: number;
  /** Event of each step that was reached. */
  readonly events: readonly PlainEvent[];
}

const byTime = (a: PlainEvent, b: PlainEvent): number => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function orderedFrom(events: readonly PlainEvent[], start: PlainEvent, funnel: PlainFunnel): PlainEvent[] {
  const path = [start];
  for (let step = 1; step < funnel.steps; step++) {
    const since = path.at(-1)?.at ?? start.at;
    const event = events.find((one) => one.at >= since && one.steps.has(step) && !path.includes(one));
    if (event === undefined || event.at > start.at + funnel.window) break;
    path.push(event);
  }
  return path;
}

/** All paths, depth first; of the deepest the one that is earliest at the first step where they differ. */
function strictFrom(events: readonly PlainEvent[], start: PlainEvent, funnel: PlainFunnel): PlainEvent[] {
  let best: PlainEvent[] = [];
  const visit = (path: readonly PlainEvent[]): void => {
    const isEarlier = (): boolean => {
      const index = path.findIndex((event, step) => event.at !== best[step]?.at);
      return index >= 0 && (path[index]?.at ?? 0) < (best[index]?.at ?? 0);
    };
    if (path.length > best.length || (path.length === best.length && isEarlier())) best = [...path];
    if (path.length === funnel.steps) return;
    const since = path.at(-1)?.at ?? start.at;
    const nextTime = events.find((event) => event.at > since)?.at;
    for (const event of events) {
      const isNear = event.at === since || event.at === nextTime;
      const isInWindow = event.at <= start.at + funnel.window;
      if (isNear && isInWindow && event.steps.has(path.length) && !path.includes(event)) visit([...path, event]);
    }
  };
  visit([start]);
  return best;
}

function anyFrom(events: readonly PlainEvent[], anchor: PlainEvent, funnel: PlainFunnel): PlainEvent[] {
  const path: PlainEvent[] = [];
  for (let step = 0; step < funnel.steps; step++) {
    const event = events.find((one) => one.at >= anchor.at && one.steps.has(step) && !path.includes(one));
    if (event === undefined || event.at > anchor.at + funnel.window) break;
    path.push(event);
  }
  return Math.min(...path.map((event) => event.at)) === anchor.at ? path : [];
}

const isExcluded = (events: readonly PlainEvent[], path: readonly PlainEvent[], funnel: PlainFunnel): boolean =>
  funnel.exclusions.some(({ after, before }, index) => {
    const [first, last] = [path[after], path[before]];
    if (first === undefined || last === undefined) return false;
    return events.some((event) => event.exclusions.has(index) && event.at > first.at && event.at < last.at);
  });

/** The path that a unit is counted with, undefined where it reaches no step. */
export function plainPath(unsorted: readonly PlainEvent[], funnel: PlainFunnel): PlainPath | undefined {
  const events = [...unsorted].sort(byTime);
  let best: PlainPath | undefined;
  for (const start of events) {
    if (funnel.order !== 'any' && !start.steps.has(0)) continue;
    const walk = { ordered: orderedFrom, strict: strictFrom, any: anyFrom }[funnel.order];
    const path = walk(events, start, funnel);
    if (path.length === 0 || isExcluded(events, path, funnel)) continue;
    if (best === undefined || path.length > best.level) best = { level: path.length, start: start.at, events: path };
  }
  return best;
}

/** The event whose breakdown value the unit has: the entry, or in `any` order the earliest of the path. */
export const firstEventOf = ({ events }: PlainPath, order: PlainFunnel['order']): PlainEvent | undefined =>
  order === 'any' ? [...events].sort(byTime)[0] : events[0];

/** Hyndman and Fan, type 7. */
export function quantile(values: readonly number[], at: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * at;
  const [low, high] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  return low === undefined || high === undefined ? null : low + (high - low) * (position - Math.floor(position));
}
