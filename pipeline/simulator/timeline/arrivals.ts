import { Random } from '../chance/random.ts';
import type { People, Person } from '../world/people.ts';

export const MINUTE = 60_000;
/** So often somebody is looked for who is ready to come; at any hour somebody on earth is. */
const MOST_TRIES = 100_000;

/** Somebody comes. */
export interface Arrival {
  readonly at: number;
  readonly person: Person;
  /** Unique in its flow. */
  readonly key: string;
  readonly random: Random;
}

/**
 * How visits come. `daily`: each person by their own habits, so that days and weeks have their rhythm. `steady`: equally
 * many at all times, by those whose time it is.
 */
export type Pace = 'daily' | 'steady';

/**
 * The visits that begin in a minute, in the order of time. A minute depends on nothing but the seed, the flow and the
 * minute itself: whenever and however often it is asked for, it is the same.
 *
 * `daily` is the superposition of everybody's own Poisson process, drawn by thinning (Lewis and Shedler, 1979).
 * @param perMinute visits to draw on average; with `daily` before those are left out whose time it is not
 */
export function arrivalsIn(minute: number, flow: string, people: People, pace: Pace, perMinute: number): Arrival[] {
  const random = Random.named(`${flow}/minute/${String(minute)}`);
  const arrivals: Arrival[] = [];
  const end = (minute + 1) * MINUTE;
  const meanGap = MINUTE / perMinute;
  for (let time = minute * MINUTE + random.exponential(meanGap); time < end; time += random.exponential(meanGap)) {
    const at = Math.floor(time);
    const person = findVisitor(people, at, random, pace === 'daily' ? 1 : MOST_TRIES);
    if (person === undefined) continue;
    arrivals.push({ at, person, key: `${minute.toString(36)}-${String(arrivals.length)}`, random: random.fork() });
  }
  return arrivals;
}

function findVisitor(people: People, at: number, random: Random, tries: number): Person | undefined {
  for (let left = tries; left > 0; left--) {
    const { person, readiness } = people.draw(at, random);
    if (random.chance(readiness)) return person;
  }
  return undefined;
}
