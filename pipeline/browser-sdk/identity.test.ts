import { expect, test } from 'vitest';
import { Identity } from './identity.ts';
import { memoryStorage } from './storage.ts';

const MINUTES = 60_000;

test('a session ends after more than 30 minutes without an event, not after exactly 30', () => {
  let now = 0;
  const identity = new Identity(memoryStorage(), () => now);
  const first = identity.sessionId();
  now += 30 * MINUTES;
  expect(identity.sessionId()).toBe(first);
  now += 30 * MINUTES + 1;
  const second = identity.sessionId();
  expect(second).not.toBe(first);
  now += 20 * MINUTES;
  expect(identity.sessionId()).toBe(second);
});

test('tabs share the user and the session; after reset they are new', () => {
  const storage = memoryStorage();
  const [one, other] = [new Identity(storage), new Identity(storage)];
  const before = [one.userId(), one.sessionId()];
  expect([other.userId(), other.sessionId()]).toEqual(before);
  other.reset();
  expect(one.userId()).not.toBe(before[0]);
  expect(one.sessionId()).not.toBe(before[1]);
});

test('a storage that is full does not keep events from having ids', () => {
  const full = {
    ...memoryStorage(),
    setItem: () => {
      throw new Error('QuotaExceededError');
    },
  };
  const identity = new Identity(full);
  expect(identity.userId()).toHaveLength(36);
  expect(identity.sessionId()).toHaveLength(36);
});
