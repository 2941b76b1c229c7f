import { expect, test } from 'vitest';
import { streamTypeOf } from './accept.ts';

test.each([
  [undefined, undefined],
  ['*/*', undefined],
  ['application/json', undefined],
  ['text/html, application/xml', undefined],
  ['text/csv', 'text/csv'],
  ['Text/CSV; charset=utf-8', 'text/csv'],
  ['application/x-ndjson', 'application/x-ndjson'],
  ['application/ndjson', 'application/x-ndjson'],
  ['text/csv;q=0.5, application/x-ndjson', 'application/x-ndjson'],
  ['text/csv;q=0.5, */*;q=0.1', 'text/csv'],
  ['text/csv;q=0, application/json', undefined],
])('Accept: %s asks for %s', (accept, type) => {
  expect(streamTypeOf(accept)).toBe(type);
});
