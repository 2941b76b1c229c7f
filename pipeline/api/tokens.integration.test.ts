import type { ApiToken } from '@suuupra/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemIn, startTestApi, type TestApi } from './testing/api.ts';

const READER: ApiToken = { name: 'reader', token: 'reader-0123456789abcdef', scopes: ['read'] };
const SAVER: ApiToken = { name: 'saver', token: 'saver-0123456789abcdef', scopes: ['save'] };
const ALL = 'all-scopes-0123456789';
const ACTIVITY = { analysis: 'activity', from: '2026-01-01', to: '2026-01-02' };

describe('with tokens', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi({ apiToken: ALL, apiTokens: [READER, SAVER] });
  });
  afterAll(() => api.close());

  test.each([
    ['none', undefined],
    ['another scheme', `Basic ${READER.token}`],
    ['one that is not known', 'Bearer reader-0123456789abcdee'],
    ['the beginning of one', `Bearer ${READER.token.slice(0, -1)}`],
    ['more than one', `Bearer ${READER.token}0`],
  ])('%s is 401 with the scheme that is wanted', async (_what, authorization) => {
    const response = await api.query(ACTIVITY, authorization === undefined ? {} : { headers: { authorization } });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await problemIn(response)).toMatchObject({ code: 'unauthorized', status: 401 });
  });

  test.each([READER.token, ALL])('a token with the scope is let through', async (token) => {
    expect((await api.query(ACTIVITY, { token })).status).toBe(200);
  });

  test('a token without the scope is 403, which names what it has and what it needs', async () => {
    const response = await api.query(ACTIVITY, { token: SAVER.token });
    expect(response.status).toBe(403);
    expect(await problemIn(response)).toMatchObject({
      code: 'forbidden',
      detail: 'the token saver has the scopes save, needed is read',
    });
  });

  test('health and the description of the API need none', async () => {
    expect((await fetch(`${api.url}/health`)).status).toBe(200);
    expect((await fetch(`${api.url}/openapi.json`)).status).toBe(200);
  });
});

describe('without tokens', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi({ apiToken: undefined, apiTokens: [] });
  });
  afterAll(() => api.close());

  test('this machine may ask', async () => {
    expect((await api.query(ACTIVITY)).status).toBe(200);
  });

  test('a page that calls this machine by a name of its own may not', async () => {
    const { default: http } = await import('node:http');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = http.request(
        `${api.url}/api/v1/query`,
        { method: 'POST', headers: { host: 'rebound.example:8088', 'content-type': 'application/json' } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      request.on('error', reject);
      request.end(JSON.stringify(ACTIVITY));
    });
    expect(status).toBe(403);
  });

  test('other machines would be let in by a host that is not loopback: it does not start', async () => {
    await expect(startTestApi({ apiToken: undefined, apiTokens: [], host: '0.0.0.0' })).rejects.toMatchObject({
      code: 'config_invalid',
    });
  });
});
