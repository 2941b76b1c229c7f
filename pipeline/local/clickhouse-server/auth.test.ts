import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { authenticate, presented } from './auth.ts';

const message = (url: string, headers: Record<string, string> = {}): IncomingMessage =>
  ({ url, headers }) as unknown as IncomingMessage;
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('presented', () => {
  it.each([
    ['nothing', '/', {}, 'default', ''],
    ['the URL', '/?user=u&password=p', {}, 'u', 'p'],
    ['basic authentication, with colons in the password', '/', { authorization: basic('u:a:b') }, 'u', 'a:b'],
    ["ClickHouse's headers", '/', { 'x-clickhouse-user': 'u', 'x-clickhouse-key': 'p' }, 'u', 'p'],
    ['headers before all else', '/?user=x', { authorization: basic('y:z'), 'x-clickhouse-user': 'u' }, 'u', ''],
    ['an authorization that is not basic', '/', { authorization: 'Bearer x' }, 'default', ''],
  ])('reads %s', (_, url, headers, user, password) => {
    expect(presented(message(url, headers))).toEqual({ user, password });
  });

  it('reads header values as UTF-8', () => {
    const key = Buffer.from('pä').toString('latin1');
    expect(presented(message('/', { 'x-clickhouse-key': key })).password).toBe('pä');
  });
});

describe('authenticate', () => {
  const expected = { user: 'u', password: 'p' };
  it('takes the right pair only', () => {
    expect(() => authenticate(expected, expected)).not.toThrow();
    expect(() => authenticate({ user: 'u', password: '' }, expected)).toThrow(/u: Authentication failed/);
    expect(() => authenticate({ user: 'v', password: 'p' }, expected)).toThrow(/v: Authentication failed/);
  });

  it('takes any password where none is configured, but no other user', () => {
    expect(() => authenticate({ user: 'u', password: 'x' }, { user: 'u', password: '' })).not.toThrow();
    expect(() => authenticate({ user: 'v', password: '' }, { user: 'u', password: '' })).toThrow();
  });
});
