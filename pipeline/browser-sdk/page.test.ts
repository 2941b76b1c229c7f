import { expect, test } from 'vitest';
import { cleanAddress } from './page.ts';

test.each([
  [
    'https://shop.example/a?utm_source=x&email=a@b.example&utm_medium=y#top',
    undefined,
    'https://shop.example/a?utm_source=x&utm_medium=y',
  ],
  ['https://user:secret@shop.example/', undefined, 'https://shop.example/'],
  ['https://shop.example/?id=7&token=t', ['id'], 'https://shop.example/?id=7'],
  ['https://shop.example/?utm_source=x', [], 'https://shop.example/'],
  ['', undefined, undefined],
  ['no address', undefined, undefined],
])('of %s with %j %s is kept', (address, keep, expected) => {
  expect(cleanAddress(address, keep)).toBe(expected);
});
