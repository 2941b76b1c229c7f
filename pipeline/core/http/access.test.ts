import { expect, test } from 'vitest';
import { isLoopback, isSameSecret } from './access.ts';

test('only the same secret is the same', () => {
  expect(isSameSecret('a-secret', 'a-secret')).toBe(true);
  for (const other of ['', 'a-secre', 'a-secret ', 'A-secret']) expect(isSameSecret('a-secret', other)).toBe(false);
});

test.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1', '[::1]'])('%s is this machine', (host) => {
  expect(isLoopback(host)).toBe(true);
});

test.each(['0.0.0.0', '::', '10.0.0.1', 'localhost.example', '127.0.0.1.example', ''])('%s is not', (host) => {
  expect(isLoopback(host)).toBe(false);
});
