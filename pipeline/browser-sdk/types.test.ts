import { expectTypeOf, test } from 'vitest';
import type { Analytics } from './index.ts';

interface ShopEvents {
  readonly add_to_cart: { readonly sku: string; readonly amount: number };
  readonly signed_out: Record<string, never>;
}

test('track knows the declared events and their properties', () => {
  expectTypeOf<Analytics<ShopEvents>['track']>().parameter(0).toEqualTypeOf<'add_to_cart' | 'signed_out'>();
  const check = (shop: Analytics<ShopEvents>, any: Analytics): void => {
    shop.track('add_to_cart', { sku: 'a', amount: 1 }, 'content');
    shop.track('signed_out');
    // @ts-expect-error a property is missing
    shop.track('add_to_cart', { sku: 'a' });
    // @ts-expect-error properties are needed
    shop.track('add_to_cart');
    // @ts-expect-error there is no such event
    shop.track('add_to_card', { sku: 'a', amount: 1 });
    any.track('whatever', { amount: 1, mine: true });
    // @ts-expect-error amount is a number
    any.track('whatever', { amount: '1' });
    // @ts-expect-error values are texts, numbers and booleans
    any.track('whatever', { list: [1] });
  };
  expectTypeOf(check).toBeFunction();
});
