import type { Random } from '../chance/random.ts';
import { Weighted } from '../chance/weighted.ts';
import { pickProduct, pickVideo } from '../world/catalogue.ts';
import { START_PAGE_AA, variantOf } from '../world/experiments.ts';
import type { Person } from '../world/people.ts';
import { Cart, shop } from './shopping.ts';
import { draft, open, pass, type Draft, type Visit } from './state.ts';
import { watch } from './watching.ts';

/** A visit ends after this many things at most, or when it has become this long. */
const MOST_STEPS = 12;
const LONGEST_MS = 100 * 60_000;
/** Share of the visits that go on after each thing. */
const GO_ON = 0.72;
const SECOND_DEVICE_SHARE = 0.2;
const STAYS_AFTER_SIGNUP = 0.8;

const referrers = new Weighted(
  [
    { share: 0.42, url: '' },
    { share: 0.25, url: 'https://www.google.com/' },
    { share: 0.1, url: 'https://news.reelhouse.example/' },
    { share: 0.12, url: 'https://www.instagram.com/' },
    { share: 0.11, url: 'https://www.youtube.com/' },
  ],
  ({ share }) => share,
);

/** The start page, in one of the two variants that are the same. */
function* arrive(visit: Visit): Generator<Draft> {
  yield open(visit, '/');
  pass(visit, 0.2);
  const { key } = START_PAGE_AA;
  const variant = variantOf(START_PAGE_AA, visit.person.userId);
  yield draft(visit, 'experiment_exposure', null, { experiment_key: key, variant });
}

function begin(person: Person, at: number, random: Random): Visit {
  const device = random.chance(SECOND_DEVICE_SHARE) ? person.secondDevice : person.device;
  return { person, random, device, now: at, url: referrers.pick(random).url };
}

/** One thing after another, then perhaps the checkout. */
function* roam(visit: Visit): Generator<Draft> {
  const { person, random } = visit;
  const cart = new Cart();
  const end = visit.now + LONGEST_MS;
  for (let step = 0; step < MOST_STEPS && visit.now < end; step++) {
    pass(visit, 14);
    if (random.chance(0.2 + 0.5 * person.shopper)) yield* shop(visit, cart, pickProduct(random));
    else yield* watch(visit, pickVideo(person.taste, random));
    if (!random.chance(GO_ON)) break;
  }
  yield* cart.checkOut(visit);
}

/** What somebody does in a visit, event by event in the order of time. */
export function* visit(person: Person, at: number, random: Random): Generator<Draft> {
  const state = begin(person, at, random);
  yield* arrive(state);
  yield* roam(state);
}

/** The first visit of somebody, with their sign-up in it. */
export function* signupVisit(person: Person, random: Random): Generator<Draft> {
  const state = begin(person, person.signup, random);
  yield* arrive(state);
  pass(state, 25);
  yield open(state, '/signup');
  pass(state, 40);
  yield draft(state, 'signup', null, { url: state.url });
  if (random.chance(STAYS_AFTER_SIGNUP)) yield* roam(state);
}
