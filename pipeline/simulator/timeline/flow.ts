import { Random } from '../chance/random.ts';
import { signupVisit, visit } from '../visit/visit.ts';
import type { People, Person, Slot } from '../world/people.ts';
import { DAY } from '../world/rhythm.ts';
import { arrivalsIn, MINUTE, type Arrival, type Pace } from './arrivals.ts';
import { measure, type Averages } from './measure.ts';
import { Mishaps } from './mishaps.ts';
import { Timeline, VisitInProgress, type Due, type Sent } from './timeline.ts';

/** Part of every id. Raise it when the same seed comes to give other events: ids must not stand for two events. */
const VERSION = 1;

/** How long before its start a steady flow is played through, so that visits are in progress when it starts. */
const LONGEST_LEAD = 90 * MINUTE;
const MOST_LEAD_EVENTS = 500_000;

/** How strong a flow is. */
export type Strength =
  | { readonly pace: Extract<Pace, 'daily'>; readonly eventsPerDay: number }
  | { readonly pace: Extract<Pace, 'steady'>; readonly eventsPerSecond: number };

/** The people of a seed and what can be said of them on average. */
export interface World {
  readonly seed: string;
  readonly people: People;
  readonly averages: Averages;
}

export const createWorld = (seed: string, people: People): World => ({ seed, people, averages: measure(seed, people) });

/** Arrivals minute by minute. */
class Arriving implements Due {
  at: number;
  private readonly minuteOf: (minute: number) => Arrival[];
  private readonly start: (timeline: Timeline, arrival: Arrival) => void;
  private minute: number;

  constructor(from: number, minuteOf: Arriving['minuteOf'], start: Arriving['start']) {
    this.minute = Math.floor(from / MINUTE);
    this.at = this.minute * MINUTE;
    this.minuteOf = minuteOf;
    this.start = start;
  }

  happen(timeline: Timeline): undefined {
    for (const arrival of this.minuteOf(this.minute)) this.start(timeline, arrival);
    this.minute += 1;
    this.at = this.minute * MINUTE;
    timeline.add(this);
  }
}

/** The new persons of one place, one after the other. */
class Changing implements Due {
  at: number;
  private readonly slot: Slot;
  private readonly people: People;
  private readonly start: (timeline: Timeline, person: Person) => void;
  private generation: number;

  constructor(slot: Slot, people: People, from: number, start: Changing['start']) {
    this.slot = slot;
    this.people = people;
    this.start = start;
    ({ at: this.at, generation: this.generation } = people.nextChange(slot, from));
  }

  happen(timeline: Timeline): undefined {
    this.start(timeline, this.people.person(this.slot, this.generation));
    this.generation += 1;
    this.at += this.slot.period;
    timeline.add(this);
  }
}

/** A flow that is playing. */
export interface Playing {
  /** What is sent before a moment, in the order of time; may be called again for what comes after. */
  until(end: number): Generator<Sent>;
  /** Visits that have begun so far, of those whose beginning is sent. */
  readonly visits: number;
}

/**
 * Plays the events of a world from a moment on. The same world, strength and start give the same events to the byte, in
 * flat memory: people, and one entry for every visit in progress.
 *
 * Whatever begins in a minute depends on the seed, the strength and that minute alone, and ids are derived from just
 * that. So a flow that is stopped and started again later goes on with new ids, and one that is played twice sends the
 * same events twice.
 * @param from milliseconds since 1970
 * @param mishaps share of the events that are late or come twice
 */
export function play(world: World, strength: Strength, from: number, mishaps: number): Playing {
  const { seed, people, averages } = world;
  const perDay = strength.pace === 'daily' ? strength.eventsPerDay : strength.eventsPerSecond * (DAY / 1000);
  const visitsPerDay = Math.max(0, perDay - people.signupsPerDay * averages.eventsPerSignup) / averages.eventsPerVisit;
  const drawnPerMinute = (visitsPerDay * (MINUTE / DAY)) / (strength.pace === 'daily' ? averages.readiness : 1);
  const flow = `${String(VERSION)}/${seed}/${String(people.slots.length)}/${strength.pace}/${String(perDay)}`;
  const lead = strength.pace === 'daily' ? 0 : Math.min(LONGEST_LEAD, (MOST_LEAD_EVENTS / perDay) * DAY);
  const begin = Math.floor(from - lead);

  const timeline = new Timeline(from);
  const fates = new Mishaps(mishaps);
  const enter = (person: Person, key: string, drafts: ReturnType<typeof visit>, line: Timeline): void => {
    const name = `simulator/${flow}/${key}`;
    line.add(new VisitInProgress({ name, sessionId: `s-${key}`, person }, drafts, fates.of(name)));
  };
  if (drawnPerMinute > 0)
    timeline.add(
      new Arriving(
        begin,
        (minute) => arrivalsIn(minute, flow, people, strength.pace, drawnPerMinute),
        (line, { at, person, key, random }) => {
          if (at >= begin) enter(person, key, visit(person, at, random), line);
        },
      ),
    );
  // Somebody who takes a place just before the beginning may sign up just after it.
  for (const slot of people.slots)
    timeline.add(
      new Changing(slot, people, begin - DAY, (line, person) => {
        if (person.signup < begin) return;
        const key = `new-${String(slot.number)}-${person.signup.toString(36)}`;
        enter(person, key, signupVisit(person, Random.named(`${flow}/${key}`)), line);
      }),
    );
  return {
    until: (end) => timeline.until(end),
    get visits() {
      return timeline.visits;
    },
  };
}
