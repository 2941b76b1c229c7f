import { createHash } from 'node:crypto';
import { derivedId, isUuid } from '@suuupra/contracts';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { userIdOf } from './derived-id.ts';
import { sha1 } from './sha1.ts';
import { randomId } from './uuid.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('SHA-1 is that of Node, for messages of every length around its blocks', () => {
  for (let length = 0; length < 200; length++) {
    const message = Uint8Array.from({ length }, (_, index) => (index * 37 + length) & 255);
    expect(Buffer.from(sha1(message)).toString('hex')).toBe(createHash('sha1').update(message).digest('hex'));
  }
});

test('the id of a foreign user is the one that an import derives', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (id) => {
      fc.pre(!isUuid(id));
      expect(userIdOf(id)).toBe(derivedId('user', id));
    }),
  );
});

test('a user id that is a UUID stays, in lower case', () => {
  expect(userIdOf('3F1C9A52-7D2E-4C1B-9A40-5BE6C2A7D001')).toBe('3f1c9a52-7d2e-4c1b-9a40-5be6c2a7d001');
});

test('ids are UUIDs of version 4, also where the page has no crypto.randomUUID', () => {
  const version4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  expect(randomId()).toMatch(version4);
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const ids = Array.from({ length: 1000 }, randomId);
  for (const id of ids) expect(id).toMatch(version4);
  expect(new Set(ids).size).toBe(1000);
});
