import { amountOf, priceUnits, type Product } from '../world/catalogue.ts';
import { CHECKOUT_REDESIGN, completionOf, variantOf } from '../world/experiments.ts';
import { DAY } from '../world/rhythm.ts';
import { draft, open, pass, type Draft, type Visit } from './state.ts';

/** Share of the viewed products that go into the cart, of carts that come to the checkout, of purchases sent back. */
const ADD_SHARE = 0.3;
const CHECKOUT_SHARE = 0.62;
const REFUND_SHARE = 0.06;
const PARTIAL_REFUND_SHARE = 0.3;
const ORDER_DIGITS = 8;

/** Somebody looks at a product and may put it into the cart. */
export function* shop(visit: Visit, cart: Cart, product: Product): Generator<Draft> {
  const { category } = product;
  yield open(visit, `/shop/${product.id}`, 'page_view', product.id, { category });
  pass(visit, 25);
  if (!visit.random.chance(ADD_SHARE)) return;
  const { market } = visit.person;
  const units = priceUnits(product, market);
  cart.add(product, units);
  const price = amountOf(units, market);
  yield draft(visit, 'add_to_cart', product.id, { category, price, currency: market.currency });
}

/** What is in the cart of a visit. */
export class Cart {
  private readonly items: { readonly product: Product; readonly units: number }[] = [];

  /** @param units price in the smallest unit of the market */
  add(product: Product, units: number): void {
    this.items.push({ product, units });
  }

  /** Some carts come to the checkout, and some checkouts to a purchase, which may be sent back later. */
  *checkOut(visit: Visit): Generator<Draft> {
    const { random, person } = visit;
    if (this.items.length === 0 || !random.chance(CHECKOUT_SHARE)) return;
    pass(visit, 20);
    yield open(visit, '/checkout', 'checkout_started', null, { items: this.items.length });
    visit.now += 1;
    const variant = variantOf(CHECKOUT_REDESIGN, person.userId);
    yield draft(visit, 'experiment_exposure', null, { experiment_key: CHECKOUT_REDESIGN.key, variant });
    pass(visit, 75);
    if (random.chance(completionOf(variant))) yield this.purchase(visit);
  }

  private purchase(visit: Visit): Draft {
    const { random } = visit;
    const { market } = visit.person;
    const units = this.items.reduce((sum, item) => sum + item.units, 0);
    // One product is what was bought; several are an order without a content of its own.
    const contentId = this.items.length === 1 ? (this.items[0]?.product.id ?? null) : null;
    const number = String(random.below(10 ** ORDER_DIGITS)).padStart(ORDER_DIGITS, '0');
    const money = { order_id: `${visit.now.toString(36)}-${number}`, currency: market.currency };
    const items = this.items.length;
    const purchase = draft(visit, 'purchase', contentId, { ...money, amount: amountOf(units, market), items });
    if (!random.chance(REFUND_SHARE)) return purchase;
    const back = random.chance(PARTIAL_REFUND_SHARE)
      ? Math.max(1, Math.round(units * random.between(0.2, 0.8)))
      : units;
    const refund = draft(visit, 'purchase', contentId, { ...money, amount: -amountOf(back, market) });
    return { ...purchase, refund: { ...refund, at: visit.now + Math.floor(random.between(1.5, 10) * DAY) } };
  }
}
