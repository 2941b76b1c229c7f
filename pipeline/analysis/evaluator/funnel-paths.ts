/** The path that a unit takes through a funnel: one event per step reached, empty where it does not count. */
import type { FunnelDefinition } from './definition.ts';
import { isSelected } from './filters.ts';
import type { Timed } from './log.ts';
import { byTimeAndId, isInRange } from './log.ts';

function matches(event: Timed, step: number, definition: FunnelDefinition): boolean {
  const selection = definition.steps[step];
  return selection !== undefined && isSelected(event, selection);
}

function isStart(event: Timed, definition: FunnelDefinition): boolean {
  return matches(event, 0, definition) && isInRange(event.at, definition);
}

function isInWindow(event: Timed, start: number, definition: FunnelDefinition): boolean {
  return event.at >= start && event.at <= start + definition.window_seconds * 1000;
}

/** From a start, each next step is the earliest matching event at or after the step before that is still unused. */
function orderedPath(start: Timed, events: readonly Timed[], definition: FunnelDefinition): Timed[] {
  const path = [start];
  let last = start;
  for (let step = 1; step < definition.steps.length; step += 1) {
    const next = events.find(
      (event) =>
        event.at >= last.at &&
        isInWindow(event, start.at, definition) &&
        !path.includes(event) &&
        matches(event, step, definition),
    );
    if (next === undefined) break;
    path.push(next);
    last = next;
  }
  return path;
}

/** Of all ways on from `path` the deepest; among equals the one that is earliest where they first differ. */
function strictPath(path: readonly Timed[], events: readonly Timed[], definition: FunnelDefinition): readonly Timed[] {
  const start = path[0];
  const last = path.at(-1);
  if (start === undefined || last === undefined || path.length === definition.steps.length) return path;
  const nextTime = events.find((event) => event.at > last.at)?.at;
  let deepest = path;
  // Events come in their order, so the first of equally deep paths is the earliest.
  for (const event of events) {
    if (event.at !== last.at && event.at !== nextTime) continue;
    if (path.includes(event) || !isInWindow(event, start.at, definition)) continue;
    if (!matches(event, path.length, definition)) continue;
    const candidate = strictPath([...path, event], events, definition);
    if (candidate.length > deepest.length) deepest = candidate;
  }
  return deepest;
}

/** Whether an exclusion event lies strictly between two steps that the path reaches. */
function isExcluded(path: readonly Timed[], events: readonly Timed[], definition: FunnelDefinition): boolean {
  return definition.exclusions.some((exclusion) => {
    const after = path[exclusion.after_step - 1];
    const before = path[exclusion.before_step - 1];
    if (after === undefined || before === undefined) return false;
    return events.some((event) => event.at > after.at && event.at < before.at && isSelected(event, exclusion));
  });
}

/** The deepest path over all starts of a unit in `ordered` or `strict`, the earliest start among equals. */
export function pathOfStarts(events: readonly Timed[], definition: FunnelDefinition): readonly Timed[] {
  let best: readonly Timed[] = [];
  for (const event of events) {
    if (!isStart(event, definition)) continue;
    const path =
      definition.order === 'strict' ? strictPath([event], events, definition) : orderedPath(event, events, definition);
    if (path.length > best.length && !isExcluded(path, events, definition)) best = path;
  }
  return best;
}

/** The deepest path of a unit in `any`, the earliest anchor among equals. */
export function pathOfAny(events: readonly Timed[], definition: FunnelDefinition): readonly Timed[] {
  let best: readonly Timed[] = [];
  for (const { at: start } of events) {
    const path: Timed[] = [];
    for (let step = 0; step < definition.steps.length; step += 1) {
      const next = events.find(
        (event) =>
          isInWindow(event, start, definition) &&
          !path.includes(event) &&
          (step === 0 ? isStart(event, definition) : matches(event, step, definition)),
      );
      if (next === undefined) break;
      path.push(next);
    }
    // A path that begins later than this window belongs to the window that begins with it.
    const anchor = path.toSorted(byTimeAndId)[0];
    if (anchor?.at === start && path.length > best.length) best = path;
  }
  return best;
}
