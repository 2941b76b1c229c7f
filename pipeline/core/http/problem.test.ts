import { expect, test } from 'vitest';
import { ERROR_CODES, SuuupraError } from '../errors.ts';
import { problemOf } from './problem.ts';

test('an error of ours keeps its code, message and hint', () => {
  const error = new SuuupraError('not_found', 'there is no x', { hint: 'try y' });
  expect(problemOf(error, 'r1')).toEqual({
    type: 'urn:suuupra:error:not_found',
    title: ERROR_CODES.not_found.summary,
    status: 404,
    code: 'not_found',
    detail: 'there is no x',
    hint: 'try y',
    request_id: 'r1',
  });
});

test.each([
  ['FST_ERR_CTP_BODY_TOO_LARGE', 413, 'input_too_large', 413],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 415, 'media_type_unknown', 415],
  ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', 400, 'input_invalid', 400],
  ['FST_ERR_SOMETHING', 500, 'internal', 500],
])('%s of the framework is %d with a code of ours', (code, statusCode, ours, status) => {
  const error = Object.assign(new Error('of the framework'), { code, statusCode });
  expect(problemOf(error, 'r1')).toMatchObject({ code: ours, status });
});

test('whatever else is thrown is internal and tells nothing', () => {
  for (const thrown of [new TypeError('secret'), 'secret', null, undefined])
    expect(JSON.stringify(problemOf(thrown, 'r1'))).not.toContain('secret');
});
