import { validateEvent } from '@suuupra/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testCollector, validEvent } from './testing.ts';

interface Answer {
  readonly accepted: number;
  readonly refused: number;
  readonly events: readonly { readonly index: number; readonly status: string; readonly code?: string }[];
}

/** Valid events of which some fields are replaced by anything, or added. */
const nearlyEvent = fc
  .record(
    {
      event_id: fc.oneof(fc.uuid(), fc.jsonValue()),
      event_type: fc.oneof(fc.stringMatching(/^[a-z][a-z0-9_]{0,99}$/), fc.jsonValue()),
      user_id: fc.oneof(fc.uuid(), fc.jsonValue()),
      session_id: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
      content_id: fc.oneof(fc.constant(null), fc.jsonValue()),
      timestamp: fc.oneof(
        fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        fc.jsonValue(),
      ),
      received_at: fc.jsonValue(),
      properties: fc.oneof(
        fc.dictionary(fc.string({ unit: 'binary' }), fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.jsonValue())),
        fc.jsonValue(),
      ),
      unknown: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  .map((fields) => validEvent(fields));

test('of every array of JSON each event is accepted or refused with a code, and just the accepted ones are sent', async () => {
  const { app, sink } = await testCollector();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(nearlyEvent, fc.jsonValue()), { minLength: 1, maxLength: 20 }),
      async (inputs) => {
        sink.events.length = 0;
        const payload = JSON.stringify(inputs);
        const response = await app.inject({
          method: 'POST',
          url: '/v1/events',
          payload,
          headers: { 'content-type': 'application/json' },
        });
        const answer = response.json<Answer>();
        expect([200, 400]).toContain(response.statusCode);
        expect(answer.events.map(({ index }) => index)).toEqual(inputs.map((_, index) => index));
        expect(answer.accepted + answer.refused).toBe(inputs.length);
        for (const { status, code } of answer.events) expect(code === undefined).toBe(status === 'accepted');
        const accepted = answer.events.filter(({ status }) => status === 'accepted').map(({ index }) => index);
        const sent = JSON.parse(payload) as unknown[];
        expect(sink.events.map((event) => ({ ...event, received_at: null }))).toEqual(
          accepted.map((index) => {
            const checked = validateEvent(sent[index]);
            return checked.ok && { ...checked.event, received_at: null };
          }),
        );
      },
    ),
    { numRuns: 500 },
  );
});

test('any bytes under any headers end in an answer that is not 500', async () => {
  const { app } = await testCollector();
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
        fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
        fc.nat(20_000).map((depth) => Buffer.from('['.repeat(depth) + ']'.repeat(depth))),
        fc.nat(20_000).map((depth) => Buffer.from(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)),
      ),
      fc.constantFrom('application/json', 'text/plain', 'text/plain;charset=latin1', 'application/xml', 'x', ''),
      fc.constantFrom('gzip', 'identity', 'deflate', ''),
      fc.string(),
      async (payload, type, encoding, query) => {
        const { statusCode } = await app.inject({
          method: 'POST',
          url: `/v1/events?write_key=${encodeURIComponent(query)}`,
          payload,
          headers: { 'content-type': type, ...(encoding && { 'content-encoding': encoding }) },
        });
        expect([200, 400, 413, 415]).toContain(statusCode);
      },
    ),
    { numRuns: 1_000 },
  );
});
