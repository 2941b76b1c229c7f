import { expect, test } from 'vitest';
import { derivedId, isUuid } from './ids.ts';

test('an id derived from a foreign one is UUID version 5 in the namespace of the project', () => {
  // Independent values: python3 -c "import uuid; print(uuid.uuid5(uuid.UUID('b6a0c1f4-…'), 'user:42'))"
  expect(derivedId('user', '42')).toBe('74672bc5-63ef-58ca-8380-3600c4f8ab18');
  expect(derivedId('content', '42')).toBe('236aeb4a-828c-5ab2-96a4-ca79110eff00');
  expect(derivedId('event', 'Ünï → 🦞')).toBe('55e710a0-2b4d-5903-be41-0c2ffa840dce');
});

test.each(['3f1c9a52-7d2e-4c1b-9a40-5be6c2a7d001', '3F1C9A52-7D2E-4C1B-9A40-5BE6C2A7D001'])('%s is a UUID', (text) => {
  expect(isUuid(text)).toBe(true);
});

test.each([
  '',
  '42',
  '3f1c9a527d2e4c1b9a405be6c2a7d001',
  '{3f1c9a52-7d2e-4c1b-9a40-5be6c2a7d001}',
  'gf1c9a52-7d2e-4c1b-9a40-5be6c2a7d001',
  '3f1c9a52-7d2e-4c1b-9a40-5be6c2a7d001\n',
])('%j is no UUID', (text) => {
  expect(isUuid(text)).toBe(false);
});
