import type { ApiToken } from '@suuupra/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemIn, startTestApi, type TestApi } from './testing/api.ts';
import { createDatabase, type TestDatabase } from './testing/database.ts';
import { DEFINITIONS, storeShop } from './testing/shop.ts';

const READER: ApiToken = { name: 'reader', token: 'reader-0123456789abcdef', scopes: ['read'] };
const EDITOR: ApiToken = { name: 'editor', token: 'editor-0123456789abcdef', scopes: ['read', 'save'] };
const token = EDITOR.token;

let database: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  database = await createDatabase();
  await storeShop(database.warehouse);
  api = await startTestApi({ clickhouseDatabase: database.name, apiTokens: [READER, EDITOR] });
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const send = (method: string, path: string, body?: unknown, as = token): Promise<Response> =>
  api.ask(path, {
    method,
    token: as,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
const json = async (response: Response): Promise<Record<string, unknown>> =>
  (await response.json()) as Record<string, unknown>;

describe('definitions', () => {
  const path = '/definitions/weekly-buyers';

  test('are saved, replaced, asked by name and deleted', async () => {
    const saved = await send('PUT', path, DEFINITIONS['funnel']);
    expect(saved.status).toBe(200);
    expect(await json(saved)).toMatchObject({ name: 'weekly-buyers', origin: 'user', saved_by: 'editor' });
    expect((await send('PUT', path, DEFINITIONS['activity'])).status).toBe(200);
    expect(await json(await send('GET', path))).toMatchObject({ definition: DEFINITIONS['activity'] });
    const { definitions } = await json(await send('GET', '/definitions'));
    expect(definitions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'weekly-buyers', origin: 'user' }),
        expect.objectContaining({ name: 'purchase-funnel', origin: 'repo' }),
      ]),
    );

    const [byName, whole] = await Promise.all([
      api.query('weekly-buyers', { token }),
      api.query(DEFINITIONS['activity'], { token }),
    ]);
    expect((await json(byName))['rows']).toEqual((await json(whole))['rows']);

    expect((await send('DELETE', path)).status).toBe(204);
    expect((await send('GET', path)).status).toBe(404);
    expect((await send('DELETE', path)).status).toBe(404);
    const gone = await api.query('weekly-buyers', { token });
    expect([gone.status, (await problemIn(gone)).code]).toEqual([404, 'not_found']);
  });

  test('may name events of the repository, and a name that there is not is refused with its path', async () => {
    const named = await api.query({ analysis: 'funnel', steps: [{ event: 'page_view' }, 'order'] }, { token });
    expect(named.status).toBe(200);
    expect((await json(named))['definition']).toMatchObject({ steps: [{ event: 'page_view' }, { event: 'purchase' }] });
    const wrong = await api.query({ analysis: 'funnel', steps: ['ordre', 'order'] }, { token });
    expect(wrong.status).toBe(400);
    expect((await problemIn(wrong)).faults?.[0]).toMatchObject({ path: 'steps.0', found: '"ordre"' });
  });

  test('of the repository can be read and not be changed', async () => {
    expect(await json(await send('GET', '/definitions/purchase-funnel'))).toMatchObject({ origin: 'repo' });
    for (const response of [
      await send('PUT', '/definitions/purchase-funnel', DEFINITIONS['funnel']),
      await send('DELETE', '/definitions/purchase-funnel'),
    ]) {
      expect(response.status).toBe(403);
      expect((await problemIn(response)).code).toBe('forbidden');
    }
  });

  test('that are wrong are refused with the path of the fault, and so are wrong names', async () => {
    const wrong = await send('PUT', path, { analysis: 'funnel', steps: [] });
    expect(wrong.status).toBe(400);
    expect((await problemIn(wrong)).faults?.[0]?.path).toBe('steps');
    expect((await send('PUT', '/definitions/No%20name', DEFINITIONS['funnel'])).status).toBe(400);
  });

  test('are saved by tokens with the scope only', async () => {
    expect((await send('PUT', path, DEFINITIONS['funnel'], READER.token)).status).toBe(403);
    expect((await send('DELETE', path, undefined, READER.token)).status).toBe(403);
  });
});

describe('annotations', () => {
  test('are kept with who made them, and found by time and kind', async () => {
    const note = { kind: 'deploy', text: "release 'ü' 1.2", time: '2026-02-03T04:05:06.789Z' };
    const created = await send('POST', '/annotations', note);
    expect(created.status).toBe(201);
    const { id } = await json(created);
    const { annotations } = await json(await send('GET', '/annotations?from=2026-02-03&to=2026-02-04&kind=deploy'));
    expect(annotations).toEqual([{ ...note, id, time_end: null, experiment: null, created_by: 'editor' }]);
    expect(await json(await send('GET', '/annotations?kind=note'))).toEqual({ annotations: [] });
  });

  test('that are wrong are refused with what is allowed', async () => {
    const response = await send('POST', '/annotations', { kind: 'party', text: 'x' });
    expect(response.status).toBe(400);
    expect((await problemIn(response)).faults).toEqual([
      {
        path: 'kind',
        found: '"party"',
        allowed: 'must be one of deploy, experiment_start, experiment_stop, decision, note',
      },
    ]);
    expect((await send('POST', '/annotations', [])).status).toBe(400);
    expect((await send('POST', '/annotations', { kind: 'note', text: 'x' }, READER.token)).status).toBe(403);
  });
});

test('experiments are listed with their variants, definitions and decisions', async () => {
  await send('PUT', '/definitions/button-test', DEFINITIONS['experiment']);
  await send('POST', '/annotations', { kind: 'decision', text: 'ship b', experiment: 'button', time: '2026-03-01' });
  const { experiments } = await json(await send('GET', '/experiments'));
  const [button] = (experiments as { experiment: string }[]).filter(({ experiment }) => experiment === 'button');
  expect(button).toMatchObject({
    definitions: ['button-test'],
    variants: [
      { variant: 'a', users: 75 },
      { variant: 'b', users: 75 },
    ],
    decisions: [{ text: 'ship b', time: '2026-03-01T00:00:00.000Z', created_by: 'editor' }],
  });
});
