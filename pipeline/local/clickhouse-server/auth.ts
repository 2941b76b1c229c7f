import type { IncomingMessage } from 'node:http';
import { isSameSecret } from '@suuupra/core';
import { raise } from './errors.ts';

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

function basic(authorization: string | undefined): Partial<Credentials> {
  const match = /^Basic\s+(\S+)/i.exec(authorization ?? '');
  if (match === null) return {};
  const [user = '', ...rest] = Buffer.from(match[1] as string, 'base64')
    .toString('utf8')
    .split(':');
  return { user, password: rest.join(':') };
}

/** A header's value as text: Node gives its bytes as Latin-1 characters, clients send UTF-8. */
const headerText = (value: string | string[] | undefined): string | undefined =>
  value === undefined ? undefined : Buffer.from(String(value), 'latin1').toString('utf8');

/** What a request presents: ClickHouse's headers go before basic authentication, that before the URL. */
export function presented(message: IncomingMessage): Credentials {
  const user = headerText(message.headers['x-clickhouse-user']);
  const key = headerText(message.headers['x-clickhouse-key']);
  if (user !== undefined || key !== undefined) return { user: user ?? 'default', password: key ?? '' };
  const fromBasic = basic(message.headers.authorization);
  if (fromBasic.user !== undefined) return { user: fromBasic.user || 'default', password: fromBasic.password ?? '' };
  const url = message.url ?? '/';
  const query = new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');
  return { user: query.get('user') ?? 'default', password: query.get('password') ?? '' };
}

/**
 * @throws ClickHouseError 516. Both parts are compared in constant time; without a configured password any will do,
 * as for a ClickHouse user with no_password.
 */
export function authenticate(given: Credentials, expected: Credentials): void {
  const userMatches = isSameSecret(given.user, expected.user);
  const passwordMatches = expected.password === '' || isSameSecret(given.password, expected.password);
  if (!userMatches || !passwordMatches) throw raise.authentication(given.user);
}
