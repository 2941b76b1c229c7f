/**
 * The answer to a normalised definition over an array of events, worked out by plain loops from the contract alone. It
 * shares no code with the compiler, so that compiled queries can be held against it; it is for tests only.
 */
import { activity, lifecycle } from './activity.ts';
import type { Definition, Event, Row } from './definition.ts';
import { engagement } from './engagement.ts';
import { experiment, experimentMeta } from './experiment.ts';
import { funnel } from './funnel.ts';
import { logOf } from './log.ts';
import { paths } from './paths.ts';
import { retention } from './retention.ts';
import { revenue } from './revenue.ts';
import { segments } from './segments.ts';
import { sessions } from './sessions.ts';
import { trend } from './trend.ts';

/**
 * The rows of an analysis; `arrivals` in the order in which the events arrived. Columns that the evaluator cannot judge
 * are left out (see experiment.ts and segments.ts).
 */
export function evaluate(definition: Definition, arrivals: readonly Event[]): Row[] {
  if (definition.analysis === 'experiment') return experiment(logOf(arrivals, definition, []), definition);
  const log = logOf(arrivals, definition);
  switch (definition.analysis) {
    case 'funnel':
      return funnel(log, definition);
    case 'sessions':
      return sessions(log, definition);
    case 'revenue':
      return revenue(log, definition);
    case 'engagement':
      return engagement(log, definition);
    case 'retention':
      return retention(log, definition);
    case 'activity':
      return activity(log, definition);
    case 'lifecycle':
      return lifecycle(log, definition);
    case 'trend':
      return trend(log, definition);
    case 'segments':
      return segments(log, definition);
    case 'paths':
      return paths(log, definition);
  }
}

/** The facts about the whole answer that an analysis has beside its rows; undefined where it has none. */
export function evaluateMeta(definition: Definition, arrivals: readonly Event[]): Row | undefined {
  if (definition.analysis !== 'experiment') return undefined;
  return experimentMeta(logOf(arrivals, definition, []), definition);
}
