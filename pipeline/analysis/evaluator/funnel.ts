/** Funnels: the path of every unit, then rows per breakdown value and step. */
import type { FunnelDefinition, Row } from './definition.ts';
import { compareBytes, propertyOf, textOf } from './filters.ts';
import { pathOfAny, pathOfStarts } from './funnel-paths.ts';
import type { Log, Timed } from './log.ts';
import { byTimeAndId, groupBy } from './log.ts';
import { quantile, rate, wilson } from './numbers.ts';

/** What a unit did: its events per step reached, and where its time and breakdown value are taken. */
interface Journey {
  readonly path: readonly Timed[];
  readonly anchor: Timed;
}

function unitOf(event: Timed, unit: FunnelDefinition['unit']): string | undefined {
  if (unit === 'user') return event.user_id;
  if (unit === 'session') {
    const session = event.session_id ?? undefined;
    return session === undefined ? undefined : JSON.stringify([event.user_id, session]);
  }
  const value = propertyOf(event, unit.property);
  return value === undefined ? undefined : textOf(value);
}

function journeysOf(log: Log, definition: FunnelDefinition): Journey[] {
  const journeys: Journey[] = [];
  for (const events of groupBy(log.events, (event) => unitOf(event, definition.unit)).values()) {
    const isAny = definition.order === 'any';
    const path = isAny ? pathOfAny(events, definition) : pathOfStarts(events, definition);
    const anchor = isAny ? path.toSorted(byTimeAndId)[0] : path[0];
    if (anchor !== undefined) journeys.push({ path, anchor });
  }
  return journeys;
}

function stepRow(
  journeys: readonly Journey[],
  step: number,
  breakdown: string | null,
  definition: FunnelDefinition,
): Row {
  const reaching = (level: number): Journey[] => journeys.filter(({ path }) => path.length >= level);
  const reached = reaching(step);
  const count = reached.length;
  const first = reaching(1).length;
  const previous = step === 1 ? count : reaching(step - 1).length;
  const [firstLow, firstHigh] = wilson(count, first, definition.confidence);
  const [previousLow, previousHigh] = wilson(count, previous, definition.confidence);
  const at = (journey: Journey, level: number): number => journey.path[level - 1]?.at ?? Number.NaN;
  const hasPrevious = step > 1 && definition.order !== 'any';
  const fromFirst = step === 1 ? [] : reached.map((journey) => (at(journey, step) - journey.anchor.at) / 1000);
  const fromPrevious = hasPrevious ? reached.map((journey) => (at(journey, step) - at(journey, step - 1)) / 1000) : [];
  return {
    breakdown,
    step,
    event: definition.steps[step - 1]?.event ?? null,
    count,
    from_first: rate(count, first),
    from_first_low: firstLow,
    from_first_high: firstHigh,
    from_previous: rate(count, previous),
    from_previous_low: previousLow,
    from_previous_high: previousHigh,
    median_seconds_from_first: quantile(fromFirst, 0.5),
    p90_seconds_from_first: quantile(fromFirst, 0.9),
    median_seconds_from_previous: quantile(fromPrevious, 0.5),
    p90_seconds_from_previous: quantile(fromPrevious, 0.9),
  };
}

/** The rows of a funnel. */
export function funnel(log: Log, definition: FunnelDefinition): Row[] {
  const journeys = journeysOf(log, definition);
  const groups: [string | null, readonly Journey[]][] = [[null, journeys]];
  const { breakdown } = definition;
  if (breakdown !== undefined) {
    const byValue = groupBy(journeys, ({ anchor }) => textOf(propertyOf(anchor, breakdown) ?? ''));
    groups.push(...[...byValue].sort(([left], [right]) => compareBytes(left, right)));
  }
  return groups.flatMap(([value, members]) =>
    definition.steps.map((_, index) => stepRow(members, index + 1, value, definition)),
  );
}
