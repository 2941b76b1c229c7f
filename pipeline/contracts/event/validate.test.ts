import { expect, test } from 'vitest';
import { describeFaults } from './fault.ts';
import { validateEvent } from './validate.ts';

const event = {
  event_id: '3f1c9a52-7d2e-4c1b-9a40-5be6c2a7d001',
  event_type: 'content_view',
  user_id: '9b2f6f0e-55d1-4a43-8f0e-0d7d3c1a2b4c',
  session_id: 's-1',
  content_id: 'film-7',
  timestamp: '2026-03-01T09:30:00.125Z',
  received_at: '2026-03-01T09:30:01.000Z',
  properties: { device: 'mobile', amount: 19.99, trial: false, 'a.b c': "'; DROP TABLE" },
};

test('an event in canonical form is taken unchanged', () => {
  expect(validateEvent(event)).toEqual({ ok: true, event });
});

test('what may be absent becomes null, null properties are dropped, ids are in lower case, moments canonical', () => {
  const { event_id, event_type, user_id } = event;
  expect(
    validateEvent({
      event_id: event_id.toUpperCase(),
      event_type,
      user_id,
      timestamp: '2026-03-01T09:30:00Z',
      properties: { device: null, n: -0 },
    }),
  ).toEqual({
    ok: true,
    event: {
      event_id,
      event_type,
      user_id,
      session_id: null,
      content_id: null,
      timestamp: '2026-03-01T09:30:00.000Z',
      received_at: null,
      properties: { n: 0 },
    },
  });
});

test('a property named __proto__ is a property like any other', () => {
  const result = validateEvent({ ...event, properties: JSON.parse('{"__proto__": "x"}') as unknown });
  expect(result.ok && JSON.stringify(result.event.properties)).toBe('{"__proto__":"x"}');
});

test.each([
  ['event_id', { event_id: 'not-a-uuid' }],
  ['event_id', { event_id: undefined }],
  ['user_id', { user_id: 42 }],
  ['event_type', { event_type: '' }],
  ['event_type', { event_type: 'Page View' }],
  ['event_type', { event_type: '1st' }],
  ['event_type', { event_type: 'page_view\n' }],
  ['event_type', { event_type: 'a'.repeat(101) }],
  ['session_id', { session_id: 7 }],
  ['content_id', { content_id: 'half a pair \ud83e' }],
  ['timestamp', { timestamp: 1772357400125 }],
  ['timestamp', { timestamp: '2026-03-01' }],
  ['received_at', { received_at: 'now' }],
  ['properties', { properties: [] }],
  ['properties', { properties: 'none' }],
  ['properties.list', { properties: { list: [1] } }],
  ['properties.nested', { properties: { nested: {} } }],
  ['properties.big', { properties: { big: 10n } }],
  ['properties.infinite', { properties: { infinite: Infinity } }],
  ['properties.half', { properties: { half: '\udead' } }],
  ['properties["a b"]', { properties: { 'a b': [] } }],
  ['userId', { userId: 'x' }],
])('a fault at %s is named (%#)', (path, change) => {
  const result = validateEvent({ ...event, ...change });
  expect(result.ok ? [] : result.faults.map((fault) => fault.path)).toEqual([path]);
});

test.each([[null], [undefined], ['text'], [[event]], [7]])('%j is no event', (input) => {
  expect(validateEvent(input)).toMatchObject({ ok: false, faults: [{ path: '', allowed: 'an object' }] });
});

test('all faults are reported together, with what was found and what is allowed', () => {
  const result = validateEvent({ ...event, event_type: 'Buy', properties: { tags: ['a'] } });
  expect(result.ok ? '' : describeFaults(result.faults)).toBe(
    'event_type is "Buy", allowed is 1 to 100 characters: a lower-case letter, then lower-case letters, digits and _; ' +
      'properties.tags is ["a"], allowed is a string of well-formed Unicode, a finite number, a boolean or null',
  );
});
