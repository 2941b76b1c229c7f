import avro from 'avsc';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { validateEvent } from '../event/validate.ts';
import type { AnalyticsEvent } from '../event/event.ts';
import { EVENT_SCHEMA, KNOWN_PROPERTIES } from '../generated/event.ts';
import { decodeEvent, eventEncoder, schemaIdOf } from './codec.ts';
import { toRecord } from './record.ts';

const base: AnalyticsEvent = {
  event_id: '3f1c9a52-7d2e-4c1b-9a40-5be6c2a7d001',
  event_type: 'purchase',
  user_id: '9b2f6f0e-55d1-4a43-8f0e-0d7d3c1a2b4c',
  session_id: null,
  content_id: null,
  timestamp: '2026-03-01T09:30:00.125Z',
  received_at: null,
  properties: {},
};
const withProperties = (properties: AnalyticsEvent['properties']): AnalyticsEvent => ({ ...base, properties });
const encode = eventEncoder(258);

const text = fc.string({ unit: 'grapheme' });
const value = fc.oneof(
  text,
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.integer({ min: -99_999_999, max: 99_999_999 }).map((cents) => cents / 100),
);
const moment = fc
  .date({ min: new Date(0), max: new Date('2099-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const event = fc.record({
  event_id: fc.uuid(),
  event_type: fc.stringMatching(/^[a-z][a-z0-9_]{0,99}$/),
  user_id: fc.uuid(),
  session_id: fc.option(text),
  content_id: fc.option(text),
  timestamp: moment,
  received_at: fc.option(moment),
  properties: fc.dictionary(fc.oneof(text, fc.constantFrom(...Object.keys(KNOWN_PROPERTIES), 'extra')), value),
});

test('every event of the contract comes back from its message unchanged', () => {
  fc.assert(
    fc.property(event, (input) => {
      const checked = validateEvent(input);
      if (!checked.ok) throw new Error(`generated event is refused: ${JSON.stringify(checked.faults)}`);
      expect(decodeEvent(encode(checked.event))).toEqual(checked.event);
    }),
    { numRuns: 1000 },
  );
});

test('a message starts with a zero byte and the id of its schema', () => {
  const message = encode(base);
  expect([...message.subarray(0, 5)]).toEqual([0, 0, 0, 1, 2]);
  expect(schemaIdOf(message)).toBe(258);
  expect(schemaIdOf(Buffer.from('{"event_id":1}'))).toBeUndefined();
});

test.each([
  [19.99, '013105f0'],
  [-0.000001, 'ff'],
  [128, '07a12000'],
  [999999999999.99, '0de0b6b3a763d8f0'],
])('amount %d travels exactly, as the two’s complement %s', (amount, hex) => {
  const { properties } = toRecord(withProperties({ amount }));
  expect(Buffer.from(properties.amount as Uint8Array).toString('hex')).toBe(hex);
  expect(properties.extra).toBeNull();
});

test.each([
  ['a decimal that needs more than 6 places', { amount: 0.1 + 0.2 }, '{"amount":0.30000000000000004}'],
  ['a decimal out of range', { amount: 1e12 }, '{"amount":1000000000000}'],
  ['a decimal as text', { amount: '12.50' }, '{"amount":"12.50"}'],
  ['a number where text belongs', { device: 7 }, '{"device":7}'],
  ['text where a number belongs', { watch_time_seconds: '7' }, '{"watch_time_seconds":"7"}'],
  ['a property without a field', { plan: 'pro', trial: true }, '{"plan":"pro","trial":true}'],
  ['a property that is called extra', { extra: 1 }, '{"extra":1}'],
  ['a whole number beyond 64 bits', { n: 2e19 }, '{"n":2e+19}'],
])('%s travels in extra', (_what, properties, extra) => {
  const record = toRecord(withProperties(properties as AnalyticsEvent['properties']));
  expect(record.properties.extra).toBe(extra);
  expect(Object.values(record.properties).filter((field) => field !== null)).toEqual([extra]);
});

test('a message of an older schema is read, with null for what it did not know', () => {
  const older = JSON.parse(EVENT_SCHEMA) as { fields: { name: string; type: { fields: { name: string }[] } }[] };
  const properties = older.fields.find(({ name }) => name === 'properties');
  if (properties === undefined) throw new Error('no properties');
  properties.type.fields = properties.type.fields.filter(({ name }) => name !== 'variant');
  const writer = JSON.stringify(older);
  const body = avro.Type.forSchema(JSON.parse(writer) as avro.Schema).toBuffer(
    toRecord(withProperties({ device: 'tv', n: 1 })),
  );
  expect(decodeEvent(Buffer.concat([Buffer.from([0, 0, 0, 0, 1]), body]), writer)).toEqual(
    withProperties({ device: 'tv', n: 1 }),
  );
});

test.each([
  ['truncated', (message: Buffer) => message.subarray(0, 30)],
  ['followed by other bytes', (message: Buffer) => Buffer.concat([message, Buffer.from([1])])],
])('a message that is %s is refused', (_what, spoil) => {
  expect(() => decodeEvent(spoil(encode(base)))).toThrow();
});
