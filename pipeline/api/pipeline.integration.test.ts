import { randomUUID } from 'node:crypto';
import { createWarehouse } from '@suuupra/clickhouse';
import { loadConfig, type ApiToken } from '@suuupra/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { suuupra } from '../../tests/command.ts';
import { problemIn, startTestApi, type TestApi } from './testing/api.ts';

const READER: ApiToken = { name: 'reader', token: 'reader-0123456789abcdef', scopes: ['read', 'save'] };
const OPERATOR: ApiToken = { name: 'operator', token: 'operator-0123456789abcdef', scopes: ['operate'] };
const token = OPERATOR.token;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ apiTokens: [READER, OPERATOR] });
});
afterAll(() => api.close());

const get = async <T>(path: string): Promise<T> => {
  const response = await api.ask(path, { token });
  expect(response.status).toBe(200);
  return (await response.json()) as T;
};

test.each(['/dead-letters', '/dead-letters/events/0/0', '/jobs', '/audit'])('%s is for operators', async (path) => {
  expect((await api.ask(path, { token: READER.token })).status).toBe(403);
});

test('a dead letter is listed by its reason and read with its message', async () => {
  const warehouse = createWarehouse(loadConfig());
  const topic = `api_test_${randomUUID().slice(0, 8)}`;
  try {
    await warehouse.insert('dead_letters', [
      {
        ...{ topic, partition: 3, offset: '9007199254740993', kafka_timestamp: '2026-01-02 03:04:05.678' },
        ...{ reason: 'malformed_message', error: 'no Avro', raw: 'text', raw_form: 'message', message_key: 'k' },
      },
    ]);
    const { dead_letters: letters } = await get<{ dead_letters: object[] }>(`/dead-letters?topic=${topic}`);
    expect(letters).toMatchObject([
      { topic, partition: 3, offset: '9007199254740993', reason: 'malformed_message', message_key: 'k' },
    ]);
    expect(await get(`/dead-letters?topic=${topic}&reason=unknown_schema`)).toEqual({ dead_letters: [] });
    const letter = await get<{ message: string }>(`/dead-letters/${topic}/3/9007199254740993`);
    expect(Buffer.from(letter.message, 'base64').toString()).toBe('text');
    const absent = await api.ask(`/dead-letters/${topic}/3/1`, { token });
    expect([absent.status, (await problemIn(absent)).code]).toEqual([404, 'not_found']);
  } finally {
    await warehouse.command('DELETE FROM dead_letters WHERE topic = {topic:String}', { params: { topic } });
    await warehouse.close();
  }
});

test('jobs are those that the command line shows', async () => {
  const { jobs } = await get<{ jobs: { name: string; state: string }[] }>('/jobs');
  const printed = JSON.parse((await suuupra(['jobs', 'status', '--json'])).stdout) as { name: string }[];
  expect(jobs.length).toBeGreaterThan(0);
  expect(jobs.map(({ name }) => name)).toEqual(printed.map(({ name }) => name));
});

test('the audit accounts for every partition, offsets as texts', async () => {
  const { partitions, lost } = await get<{ partitions: Record<string, unknown>[]; lost: string }>('/audit');
  expect(lost).toBe('0');
  expect(partitions).toHaveLength(loadConfig().eventPartitions);
  for (const partition of partitions)
    expect(partition).toMatchObject({ topic: 'events', logEnd: expect.any(String) as string });
});

describe('without a stack of its own', () => {
  test('metrics count requests by route and token, for operators only', async () => {
    expect((await fetch(`${api.url}/metrics`)).status).toBe(401);
    expect((await fetch(`${api.url}/metrics`, { headers: { authorization: `Bearer ${READER.token}` } })).status).toBe(
      403,
    );
    await api.query({ analysis: 'funel' }, { token: READER.token });
    const response = await fetch(`${api.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(await response.text()).toContain(
      'suuupra_api_request_duration_seconds_count{method="POST",route="/api/v1/query",status="400",token="reader"} 1',
    );
  });

  test('health says up to when events are complete', async () => {
    const health = (await (await fetch(`${api.url}/health`)).json()) as { parts: Record<string, unknown> };
    expect(health).toMatchObject({ status: 'ok', parts: { clickhouse: 'ok' } });
    expect(health.parts).toHaveProperty('events_complete_until');
  });
});
