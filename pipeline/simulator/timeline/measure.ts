import { Random } from '../chance/random.ts';
import { signupVisit, visit } from '../visit/visit.ts';
import type { Draft } from '../visit/state.ts';
import type { People } from '../world/people.ts';
import { DAY } from '../world/rhythm.ts';

/** What is known of a world on average, so that a flow of events can be made as strong as it is wanted. */
export interface Averages {
  /** Share of the drawn persons who are ready to come. */
  readonly readiness: number;
  /** Events of a visit and of a first visit, refunds included. */
  readonly eventsPerVisit: number;
  readonly eventsPerSignup: number;
}

/** Measured over these two years, whatever the time of the simulation: averages must not depend on it. */
const FROM = Date.UTC(2025, 0, 6);
const SPAN = 728 * DAY;
const DRAWS = 6_000;
const VISITS = 3_000;
const SIGNUPS = 1_000;

function countEvents(drafts: Iterable<Draft>): number {
  let count = 0;
  for (const { refund } of drafts) count += refund === undefined ? 1 : 2;
  return count;
}

/** Draws people and visits and counts; takes a fraction of a second. */
export function measure(seed: string, people: People): Averages {
  const random = Random.named(`${seed}/measure`);
  let readiness = 0;
  let visitEvents = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const at = Math.floor(FROM + random.uniform() * SPAN);
    const drawn = people.draw(at, random);
    readiness += drawn.readiness;
    // How much somebody does in a visit has nothing to do with how ready they are to come.
    if (draw < VISITS) visitEvents += countEvents(visit(drawn.person, at, random.fork()));
  }
  let signupEvents = 0;
  for (let n = 0; n < SIGNUPS; n++)
    signupEvents += countEvents(signupVisit(people.person(random.pick(people.slots), n), random.fork()));
  return {
    readiness: readiness / DRAWS,
    eventsPerVisit: visitEvents / VISITS,
    eventsPerSignup: signupEvents / SIGNUPS,
  };
}
