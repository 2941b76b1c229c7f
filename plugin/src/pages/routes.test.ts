import { expect, it } from 'vitest';
import { pathOf, pageAt, parametersOf } from './routes.ts';

const basename = '/a/suuupra-analytics-app';

it.each([
  ['', 'home'],
  ['/', 'home'],
  ['/users', 'users'],
  ['/events/', 'events'],
  ['/nothing', undefined],
])('finds the page at %j', (rest, page) => {
  expect(pageAt({ path: basename + rest, basename })).toBe(page);
});

it('writes an address that is read as it was meant', () => {
  const definition = '{"analysis":"funnel","steps":[{"event":"a&b"}]}';
  const address = new URL(pathOf('users', { user: 'x', definition, tab: undefined }), 'http://grafana');
  expect(address.pathname).toBe(`${basename}/users`);
  expect(parametersOf(Object.fromEntries(address.searchParams))).toEqual({ user: 'x', definition });
});

it('takes the last of a parameter that is given twice, and none that is only named', () => {
  expect(parametersOf({ user: ['a', 'b'], tab: true })).toEqual({ user: 'b', tab: undefined });
});
