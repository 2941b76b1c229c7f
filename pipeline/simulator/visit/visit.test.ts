import { expect, test } from 'vitest';
import { Random } from '../chance/random.ts';
import { MARKETS } from '../world/countries.ts';
import { CHECKOUT_REDESIGN, CHECKOUT_REDESIGN_LIFT, START_PAGE_AA, variantOf } from '../world/experiments.ts';
import { People, type Person } from '../world/people.ts';
import type { Draft } from './state.ts';
import { signupVisit, visit } from './visit.ts';

const AT = Date.UTC(2026, 2, 2, 18);
const random = Random.named('visits');
const people = new People('test', 3_000);

/** Visits of persons drawn at random, enough to see shares of a few percent. */
const VISITS: readonly { readonly person: Person; readonly drafts: readonly Draft[] }[] = Array.from(
  { length: 40_000 },
  () => {
    const { person } = people.draw(AT, random);
    return { person, drafts: [...visit(person, AT, random.fork())] };
  },
);
const ALL = VISITS.flatMap(({ drafts }) => drafts);

test('a visit is in the order of time, and no two of its events share a millisecond', () => {
  for (const { drafts } of VISITS)
    drafts.forEach(({ at }, n) => {
      const before = drafts[n - 1];
      if (before === undefined) expect(at).toBe(AT);
      else if (at <= before.at) throw new Error(`${String(at)} after ${String(before.at)}`);
    });
});

test('watch time is cumulative, within the video, and no faster than the clock', () => {
  let views = 0;
  for (const { drafts } of VISITS.slice(0, 5_000)) {
    let view: { readonly start: number; watched: number } | undefined;
    for (const { type, at, properties } of drafts) {
      if (type === 'content_view') view = { start: at, watched: 0 };
      if (type !== 'video_progress') continue;
      if (view === undefined) throw new Error('progress without a view');
      const watched = properties['watch_time_seconds'] as number;
      const most = Math.min(properties['duration_seconds'] as number, (at - view.start) / 1000);
      if (watched < view.watched || watched > most) throw new Error(`${String(watched)} s of ${String(most)}`);
      view.watched = watched;
      views++;
    }
  }
  expect(views).toBeGreaterThan(1_000);
});

test('money has two decimals at most, none in yen; refunds take back no more than was paid', () => {
  const purchases = ALL.filter(({ type }) => type === 'purchase');
  const refunds = purchases.flatMap((purchase) =>
    purchase.refund === undefined ? [] : [{ purchase, refund: purchase.refund }],
  );
  expect(refunds.length / purchases.length).toBeGreaterThan(0.04);
  expect(refunds.length / purchases.length).toBeLessThan(0.08);
  const money = [
    ...purchases,
    ...refunds.map(({ refund }) => refund),
    ...ALL.filter(({ type }) => type === 'add_to_cart'),
  ];
  for (const { properties } of money) {
    const form = properties['currency'] === 'JPY' ? /^-?\d+$/ : /^-?\d+(\.\d\d?)?$/;
    expect(String(properties['amount'] ?? properties['price'])).toMatch(form);
  }
  for (const { purchase, refund } of refunds) {
    expect(refund.properties['order_id']).toBe(purchase.properties['order_id']);
    expect(refund.properties['amount']).toBeLessThan(0);
    expect(-(refund.properties['amount'] as number)).toBeLessThanOrEqual(purchase.properties['amount'] as number);
    expect(refund.at - purchase.at).toBeGreaterThan(86_400_000);
  }
  expect(new Set(purchases.map(({ properties }) => properties['order_id'])).size).toBe(purchases.length);
});

test('the amount of an order is the exact sum of its cart', () => {
  for (const { drafts } of VISITS) {
    const purchase = drafts.find(({ type }) => type === 'purchase');
    if (purchase === undefined) continue;
    const cart = drafts.filter(({ type }) => type === 'add_to_cart');
    const cents = cart.reduce((sum, { properties }) => sum + Math.round((properties['price'] as number) * 100), 0);
    expect(Math.round((purchase.properties['amount'] as number) * 100)).toBe(cents);
    expect(purchase.properties['items']).toBe(cart.length);
  }
});

test('currency and country are those of the market', () => {
  const currencyOf = new Map(MARKETS.map(({ country, currency }) => [country, currency]));
  for (const { person, drafts } of VISITS.slice(0, 500))
    for (const { properties } of drafts) {
      expect(properties['country']).toBe(person.market.country);
      if (properties['currency'] !== undefined)
        expect(properties['currency']).toBe(currencyOf.get(person.market.country));
    }
});

/** z of the pooled test of two proportions. */
function z([n1, x1]: [number, number], [n2, x2]: [number, number]): number {
  const pooled = (x1 + x2) / (n1 + n2);
  return (x2 / n2 - x1 / n1) / Math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2));
}

/** Per variant: how many visits saw the experiment, and how many of them purchased. */
function conversions(key: string, variants: readonly string[]): [number, number][] {
  return variants.map((variant) => {
    const seen = VISITS.filter(({ drafts }) =>
      drafts.some(({ properties }) => properties['experiment_key'] === key && properties['variant'] === variant),
    );
    return [seen.length, seen.filter(({ drafts }) => drafts.some(({ type }) => type === 'purchase')).length];
  });
}

test('the redesigned checkout completes more purchases, by the lift that it is said to have', () => {
  const [control, treatment] = conversions(CHECKOUT_REDESIGN.key, CHECKOUT_REDESIGN.variants) as [
    [number, number],
    [number, number],
  ];
  expect(z(control, treatment)).toBeGreaterThan(4);
  const lift = treatment[1] / treatment[0] / (control[1] / control[0]) - 1;
  expect(Math.abs(lift - CHECKOUT_REDESIGN_LIFT)).toBeLessThan(0.07);
});

test('the start page that is the same in both variants shows no effect', () => {
  const [control, treatment] = conversions(START_PAGE_AA.key, START_PAGE_AA.variants) as [
    [number, number],
    [number, number],
  ];
  expect(Math.abs(z(control, treatment))).toBeLessThan(3);
});

test('variants halve the users, each sees one for ever, and experiments are independent', () => {
  const users = Array.from({ length: 20_000 }, (_, n) => `user ${String(n)}`);
  const [, treatment] = CHECKOUT_REDESIGN.variants;
  const treated = users.filter((user) => variantOf(CHECKOUT_REDESIGN, user) === treatment);
  const both = treated.filter((user) => variantOf(START_PAGE_AA, user) === treatment);
  expect(Math.abs(treated.length - 10_000)).toBeLessThan(300);
  expect(Math.abs(both.length - 5_000)).toBeLessThan(300);
  expect(variantOf(CHECKOUT_REDESIGN, 'user 1')).toBe(variantOf(CHECKOUT_REDESIGN, 'user 1'));
});

test('a first visit has the sign-up in it', () => {
  const person = people.person(people.slots[0] as (typeof people.slots)[number], 3);
  const types = [...signupVisit(person, Random.named('first'))].map(({ type }) => type);
  expect(types.slice(0, 4)).toEqual(['page_view', 'experiment_exposure', 'page_view', 'signup']);
});
