import { validateEvent } from '@suuupra/contracts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { testCollector, validEvent } from './testing.ts';

interface Document {
  readonly components: { readonly schemas: Record<string, object> };
  readonly paths: Record<string, Record<string, { readonly responses: object }>>;
}

let document: Document;
beforeAll(async () => {
  const { app } = await testCollector();
  document = (await app.inject('/openapi.json')).json<Document>();
});

test('the document is valid OpenAPI and names every status that a sender may get', async () => {
  expect(await new Validator().validate({ ...document })).toEqual({ valid: true });
  expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/v1/events', '/health', '/metrics']));
  const statuses = Object.keys(document.paths['/v1/events']?.['post']?.responses ?? {});
  expect(statuses).toEqual(['200', '400', '401', '403', '413', '415', '429', '503']);
});

test('the described event is the one of the contract: what the contract takes is described, and its refusals are', () => {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  const described = ajv.compile(document.components.schemas['Event'] as object);
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.uuid(),
    fc.constant('page_view'),
    fc.constant('2026-03-01T09:30:00.125Z'),
  );
  const fields = ['event_id', 'event_type', 'user_id', 'session_id', 'content_id', 'timestamp', 'properties', 'other'];
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...fields), anything, { maxKeys: 2 }), (changed) => {
      const event = JSON.parse(JSON.stringify(validEvent(changed))) as unknown;
      expect(described(event)).toBe(validateEvent(event).ok);
    }),
    { numRuns: 2_000 },
  );
});
