import { randomUUID } from 'node:crypto';

const PLAIN = /^[\w-]{1,64}$/;

/** The caller's own identifier of a request (`X-Request-Id`) if it is a plain one, so that logs can be joined; else a new one. */
export function requestId(headers: Readonly<Record<string, unknown>>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && PLAIN.test(given) ? given : randomUUID();
}
