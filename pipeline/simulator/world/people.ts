import { derivedId } from '@suuupra/contracts';
import { Random } from '../chance/random.ts';
import { Weighted } from '../chance/weighted.ts';
import { MARKETS, type Device, type Market } from './countries.ts';
import { DAY, Rhythm } from './rhythm.ts';

/** Somebody who uses the service from a sign-up until they stay away. */
export interface Person {
  readonly userId: string;
  readonly market: Market;
  readonly device: Device;
  readonly secondDevice: Device;
  /** When they sign up and after when they never come back, in milliseconds since 1970. */
  readonly signup: number;
  readonly end: number;
  /** Hours by which they live later than others of their place. */
  readonly shiftHours: number;
  /** How much they like to shop rather than to watch: 0 to 1. */
  readonly shopper: number;
  /** Which kind of content they like. */
  readonly taste: number;
}

/** A place that one person after another takes: the service has as many of them as users at a time. */
export interface Slot {
  readonly number: number;
  /** How often somebody in this place comes: some come every day, most now and then. */
  readonly weight: number;
  /** How long a place is one person's, and when the first one came. */
  readonly period: number;
  readonly phase: number;
}

const HOUR = DAY / 24;
/** No visit lies so close behind a sign-up that it could overtake it. */
const AFTER_SIGNUP = 2 * HOUR;
const POWER_SHARE = 0.06;
const POWER_WEIGHT = 7;
const SHORTEST_PERIOD = 20 * DAY;
const LONGEST_PERIOD = 500 * DAY;
/** Shares of those who look once, of those who stay some weeks, and how long these stay on average. */
const ONE_DAY_SHARE = 0.28;
const WEEKS_SHARE = 0.34;
const MEAN_WEEKS = 16 * DAY;
/** New users come more often: this share of their visits wears off within days. */
const NOVELTY = 0.6;
const NOVELTY_DAYS = 6 * DAY;

const markets = new Weighted(MARKETS, ({ share }) => share);
const devicesOf = new Map(
  MARKETS.map((market) => [
    market,
    new Weighted(Object.entries(market.devices) as [Device, number][], ([, share]) => share),
  ]),
);
const rhythms = new Map(MARKETS.map((market) => [market, new Rhythm(market.timezone)]));

/** The people of a world. Who they are and when they come and go depends on the seed alone. */
export class People {
  readonly slots: readonly Slot[];
  private readonly seed: string;
  private readonly present: ({ readonly generation: number; readonly person: Person } | undefined)[] = [];
  private readonly choice: Weighted<Slot>;

  /** @param count how many places there are; somewhat more than half of them are taken by an active user at a time */
  constructor(seed: string, count: number) {
    this.seed = seed;
    this.slots = Array.from({ length: count }, (_, number) => {
      const random = Random.named(`${seed}/slot/${String(number)}`);
      const power = random.chance(POWER_SHARE) ? POWER_WEIGHT : 1;
      const period = SHORTEST_PERIOD * (LONGEST_PERIOD / SHORTEST_PERIOD) ** random.uniform();
      return { number, weight: power * random.logNormal(1, 0.7), period, phase: random.uniform() * period };
    });
    this.choice = new Weighted(this.slots, ({ weight }) => weight);
  }

  /** Somebody drawn by how often they come, and how ready they are to come just now: 0 to 1. */
  draw(at: number, random: Random): { readonly person: Person; readonly readiness: number } {
    const person = this.personAt(this.choice.pick(random), at);
    return { person, readiness: readinessOf(person, at) };
  }

  /** When a place gets its next person at or after a moment; the person signs up within a day after it. */
  nextChange({ phase, period }: Slot, from: number): { readonly at: number; readonly generation: number } {
    const generation = Math.ceil((from - phase) / period);
    return { at: phase + generation * period, generation };
  }

  /** The one who takes a place as the `generation`th. */
  person({ number, period, phase }: Slot, generation: number): Person {
    const name = `${this.seed}/${String(number)}/${String(generation)}`;
    const random = Random.named(`${name}/person`);
    const market = markets.pick(random);
    const devices = devicesOf.get(market) as Weighted<[Device, number]>;
    const shiftHours = 1.6 * random.normal();
    const signup = busyMoment(market, shiftHours, phase + generation * period, random);
    return {
      userId: derivedId('user', `simulator/${name}`),
      market,
      device: devices.pick(random)[0],
      secondDevice: devices.pick(random)[0],
      signup,
      end: signup + Math.min(stayOf(random, period), period * 0.95 - DAY),
      shiftHours,
      shopper: random.uniform() ** 1.5,
      taste: random.uniform(),
    };
  }

  /** Sign-ups per day over all places, on average. */
  get signupsPerDay(): number {
    return this.slots.reduce((sum, { period }) => sum + DAY / period, 0);
  }

  private personAt(slot: Slot, at: number): Person {
    const generation = Math.floor((at - slot.phase) / slot.period);
    const known = this.present[slot.number];
    if (known?.generation === generation) return known.person;
    const person = this.person(slot, generation);
    this.present[slot.number] = { generation, person };
    return person;
  }
}

function readinessOf(person: Person, at: number): number {
  if (at < person.signup + AFTER_SIGNUP || at >= person.end) return 0;
  const novelty = 1 - NOVELTY + NOVELTY * Math.exp(-(at - person.signup) / NOVELTY_DAYS);
  return novelty * (rhythms.get(person.market) as Rhythm).busyness(at, person.shiftHours);
}

/** How long somebody stays whose place is theirs for a period. */
function stayOf(random: Random, period: number): number {
  const kind = random.uniform();
  if (kind < ONE_DAY_SHARE) return random.between(0, DAY);
  return kind < ONE_DAY_SHARE + WEEKS_SHARE ? random.exponential(MEAN_WEEKS) : period;
}

/** A whole millisecond of the day after `from`, drawn by how busy the place is. */
function busyMoment(market: Market, shiftHours: number, from: number, random: Random): number {
  const rhythm = rhythms.get(market) as Rhythm;
  for (;;) {
    const at = Math.floor(from + random.uniform() * DAY);
    if (random.chance(rhythm.busyness(at, shiftHours))) return at;
  }
}
