import { createHmac } from 'node:crypto';
import { validateEvent, type AnalyticsEvent } from '@suuupra/contracts';
import { expect, test } from 'vitest';
import { validEvent } from '../testing.ts';
import { checkEvent } from './check.ts';
import { personalDataFilter } from './personal-data.ts';

const NOW = Date.UTC(2026, 2, 1, 12);
const LIMITS = { collectorMaxEventBytes: 1_000, collectorMaxFutureSeconds: 60 };
const at = (millis: number): string => new Date(millis).toISOString();

test('received_at is the time of the collector, whatever was sent', () => {
  for (const received_at of [undefined, null, '2020-01-01T00:00:00.000Z'])
    expect(checkEvent(validEvent({ received_at }), NOW, LIMITS)).toMatchObject({ event: { received_at: at(NOW) } });
});

test('an event may be dated ahead as far as is tolerated, to the millisecond, and back as far as it likes', () => {
  expect(checkEvent(validEvent({ timestamp: at(NOW + 60_000) }), NOW, LIMITS)).toHaveProperty('event');
  expect(checkEvent(validEvent({ timestamp: at(0) }), NOW, LIMITS)).toHaveProperty('event');
  expect(checkEvent(validEvent({ timestamp: at(NOW + 60_001) }), NOW, LIMITS)).toMatchObject({
    refusal: { code: 'event_in_future', faults: [{ path: 'timestamp', found: at(NOW + 60_001) }] },
  });
});

test('an event without an id is refused: sent again it would count twice', () => {
  expect(checkEvent(validEvent({ event_id: undefined }), NOW, LIMITS)).toMatchObject({
    refusal: { code: 'event_invalid', message: expect.stringContaining('event_id is nothing') as string },
  });
});

test('the size of an event is its bytes as JSON', () => {
  const frame = JSON.stringify(validEvent({ properties: { text: '' } })).length;
  const sized = (text: string): Record<string, unknown> => validEvent({ properties: { text } });
  expect(checkEvent(sized('x'.repeat(1_000 - frame)), NOW, LIMITS)).toHaveProperty('event');
  expect(checkEvent(sized('x'.repeat(1_001 - frame)), NOW, LIMITS)).toMatchObject({
    refusal: { code: 'event_too_large' },
  });
  expect(checkEvent(sized('ä'.repeat(1_000 - frame)), NOW, LIMITS)).toMatchObject({
    refusal: { code: 'event_too_large' },
  });
});

const event = (properties: Record<string, unknown>): AnalyticsEvent => {
  const checked = validateEvent(validEvent({ properties }));
  if (!checked.ok) throw new Error('not valid');
  return checked.event;
};

test('personal data is left out or hashed with the secret; equal values stay equal', () => {
  const secret = 'a secret of tests, long enough to be one';
  const filter = personalDataFilter({
    collectorPiiDrop: ['phone', '__proto__'],
    collectorPiiHash: ['email', 'age'],
    collectorPiiSecret: secret,
  });
  const hash = (text: string): string => createHmac('sha256', secret).update(text).digest('hex');
  const { properties } = filter(event({ phone: '1', email: 'a@b.example', age: 41, plan: 'pro' }));
  expect(properties).toEqual({ email: hash('a@b.example'), age: hash('41'), plan: 'pro' });
});

test('hashing without a secret does not start', () => {
  const config = { collectorPiiDrop: [], collectorPiiHash: ['email'], collectorPiiSecret: undefined };
  expect(() => personalDataFilter(config)).toThrow(expect.objectContaining({ code: 'config_invalid' }));
});
