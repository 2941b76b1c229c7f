import { expect, test } from 'vitest';
import { atLeast, parseVersion } from './check.ts';

test.each([
  ['v20.19.1', '20.19', true],
  ['20.9.0', '20.19', false],
  ['go version go1.26.8 linux/amd64', '1.24', true],
  ['17', '17.0', true],
  ['16.0.9', '17', false],
])('%s is at least %s: %s', (version, least, expected) => {
  expect(atLeast(parseVersion(version), parseVersion(least))).toBe(expected);
});
