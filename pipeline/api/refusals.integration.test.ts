import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemIn, startTestApi, type TestApi } from './testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const post = (body: string, type = 'application/json'): Promise<Response> =>
  api.ask('/query', { method: 'POST', body, headers: { 'content-type': type } });

test('a bad definition is 400 with the path of every fault, what was found and what is allowed', async () => {
  const steps = [{ event: 'page_view' }, { event: 5 }];
  const response = await api.query({ analysis: 'funnel', steps, window_seconds: -1 });
  expect(response.status).toBe(400);
  const problem = await problemIn(response);
  expect(problem).toMatchObject({ code: 'definition_invalid', type: 'urn:suuupra:error:definition_invalid' });
  const faults = problem.faults ?? [];
  expect(faults.map(({ path }) => path).sort()).toEqual(['steps.1.event', 'window_seconds']);
  for (const { found, allowed } of faults) expect([found, allowed]).not.toContain('');
});

test('an analysis that does not exist is 400 and names those that do', async () => {
  const problem = await problemIn(await api.query({ analysis: 'funel' }));
  expect(problem.faults).toEqual([
    { path: 'analysis', found: '"funel"', allowed: expect.stringContaining('"funnel"') as string },
  ]);
});

test('a pattern that is no RE2 is 400 at the path of the filter', async () => {
  const filters = [{ property: 'url', op: 'matches', value: '(?<=a)b' }];
  const response = await api.query({ analysis: 'activity', filters });
  expect(response.status).toBe(400);
  expect((await problemIn(response)).faults?.map(({ path }) => path)).toEqual(['filters.0.value']);
});

test('a body above the limit is 413', async () => {
  const response = await post(JSON.stringify({ analysis: 'x'.repeat(1_048_577) }));
  expect(response.status).toBe(413);
  expect(await problemIn(response)).toMatchObject({ code: 'input_too_large', status: 413 });
});

test('a body that is no JSON is 400, one of another type 415', async () => {
  for (const [body, type, status, code] of [
    ['{"analysis": ', 'application/json', 400, 'input_invalid'],
    ['', 'application/json', 400, 'input_invalid'],
    ['analysis: funnel', 'application/yaml', 415, 'media_type_unknown'],
  ] as const) {
    const response = await post(body, type);
    expect(response.status).toBe(status);
    expect(await problemIn(response)).toMatchObject({ code, status });
  }
});

test('an unknown route is 404, outside and inside of the API', async () => {
  for (const path of ['/', '/nothing?token=abc']) {
    const response = await api.ask(path);
    expect(response.status).toBe(404);
    const problem = await problemIn(response);
    expect(problem).toMatchObject({ code: 'not_found' });
    expect(problem.detail).not.toContain('token');
  }
});

test('the id of a request comes back, in the answer and in the problem', async () => {
  const response = await api.query({}, { headers: { 'x-request-id': 'mine-1' } });
  expect(response.headers.get('x-request-id')).toBe('mine-1');
  expect((await problemIn(response)).request_id).toBe('mine-1');
  const odd = await api.query({}, { headers: { 'x-request-id': 'has a space' } });
  expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('a warehouse that does not answer is 503 in the API and in its health', async () => {
  const alone = await startTestApi({ clickhouseUrl: 'http://127.0.0.1:1' });
  try {
    const response = await alone.query({ analysis: 'activity' });
    expect(response.status).toBe(503);
    expect(await problemIn(response)).toMatchObject({ code: 'clickhouse_unreachable' });
    expect((await fetch(`${alone.url}/health`)).status).toBe(503);
  } finally {
    await alone.close();
  }
});
