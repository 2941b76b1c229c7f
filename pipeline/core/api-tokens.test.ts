import { expect, test } from 'vitest';
import { loadConfig } from './config.ts';

const SECRET = 'a-secret-of-many-characters';
const entry = { name: 'grafana', token: SECRET, scopes: ['read'] };
const load = (value: unknown): ReturnType<typeof loadConfig> =>
  loadConfig({ SUUUPRA_API_TOKENS: typeof value === 'string' ? value : JSON.stringify(value) });

test('tokens have a name, scopes and limits', () => {
  const limits = { requests_per_minute: 60, max_rows_read: 1e9, max_bytes_read: 1e12, max_seconds: 10 };
  expect(load([{ ...entry, ...limits }]).apiTokens).toEqual([
    { ...entry, requestsPerMinute: 60, maxRowsRead: 1e9, maxBytesRead: 1e12, maxSeconds: 10 },
  ]);
});

test('without the variable there are none', () => {
  expect(loadConfig({}).apiTokens).toEqual([]);
});

test.each([
  ['no JSON', `[${SECRET}`, 'must be JSON'],
  ['no list', entry, 'it: must be a list'],
  [
    'an unknown key',
    [{ ...entry, color: SECRET }],
    '0.color: must be an object with name, token, scopes and no unknown key',
  ],
  ['a short token', [{ ...entry, token: 'short' }], '0.token: must be at least 16'],
  ['a token that no header can carry', [{ ...entry, token: `${SECRET} ${SECRET}` }], '0.token: must be at least 16'],
  ['an unknown scope', [entry, { ...entry, scopes: [SECRET] }], '1.scopes.0: must be of read, save, operate'],
  ['no scope', [{ ...entry, scopes: [] }], '0.scopes: must not be empty'],
  ['a limit of nothing', [{ ...entry, max_seconds: 0 }], '0.max_seconds: must be at least 1'],
  ['one name twice', [entry, { ...entry, token: `${SECRET}2` }], 'two tokens have one name'],
  ['one token twice', [entry, { ...entry, name: 'other' }], 'two entries have one token'],
])('%s is refused in words that show no value', (_what, value, message) => {
  expect(() => load(value)).toThrow(message);
  try {
    load(value);
  } catch (error) {
    expect(String(error)).not.toContain(SECRET);
  }
});
