/** The users of an experiment: who was assigned to what, and what each of them did. */
import type { ExperimentDefinition, Measured } from './definition.ts';
import { isSelected, passes, propertyOf, textOf } from './filters.ts';
import type { Timed } from './log.ts';
import { groupBy } from './log.ts';
import { decimalText, exact } from './numbers.ts';

/** A user as exposed. */
export interface Exposed {
  /** Every variant the user ever saw; analysed are those of one. */
  readonly variants: readonly string[];
  /** Time of the first exposure. */
  readonly at: number;
  /** All of the user's events, in their order. */
  readonly events: readonly Timed[];
}

/** Users with an exposure of the experiment, from events of all time. */
export function exposedUsers(events: readonly Timed[], { experiment, exposure }: ExperimentDefinition): Exposed[] {
  const users: Exposed[] = [];
  for (const ofUser of groupBy(events, ({ user_id }) => user_id).values()) {
    const exposures = ofUser.filter(
      (event) =>
        isSelected(event, exposure) &&
        propertyOf(event, exposure.experiment_key) === experiment &&
        propertyOf(event, exposure.variant) !== undefined,
    );
    const first = exposures[0];
    if (first === undefined) continue;
    const variants = new Set(exposures.map((event) => textOf(propertyOf(event, exposure.variant) ?? '')));
    users.push({ variants: [...variants], at: first.at, events: ofUser });
  }
  return users;
}

/** What a measure takes of events; 0 of none. */
export function measured(events: readonly Timed[], measure: Measured['measure']): number {
  if (measure === 'count') return events.length;
  const [aggregate, property] = Object.entries(measure)[0] ?? ['', ''];
  const values = events.map((event) => propertyOf(event, property));
  if (aggregate === 'distinct')
    return new Set(values.filter((item) => item !== undefined).map((item) => textOf(item))).size;
  const numbers = values.filter((item) => typeof item === 'number');
  if (numbers.length === 0) return 0;
  if (aggregate === 'min') return Math.min(...numbers);
  if (aggregate === 'max') return Math.max(...numbers);
  const sum = Number(decimalText(numbers.reduce((total, number) => total + exact(number), 0n)));
  return aggregate === 'avg' ? sum / numbers.length : sum;
}

/** A user's metric events: within the window of the first exposure, both ends in, passing the definition's filters. */
export function metricEvents(
  user: Exposed,
  selection: Pick<Measured, 'event' | 'filters'>,
  definition: ExperimentDefinition,
): Timed[] {
  const end = user.at + definition.window_seconds * 1000;
  return user.events.filter(
    (event) =>
      event.at >= user.at && event.at <= end && isSelected(event, selection) && passes(event, definition.filters),
  );
}

/** What a user did strictly before the first exposure; 0 without history or without a covariate. */
export function covariateOf(user: Exposed, definition: ExperimentDefinition): number {
  const { covariate } = definition;
  if (covariate === undefined) return 0;
  const since = user.at - (covariate.lookback_days ?? Infinity) * 86_400_000;
  const events = user.events.filter(
    (event) =>
      event.at >= since && event.at < user.at && isSelected(event, covariate) && passes(event, definition.filters),
  );
  return measured(events, covariate.measure);
}
