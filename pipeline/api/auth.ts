import { createHash, timingSafeEqual } from 'node:crypto';
import { SuuupraError, type Config } from '@suuupra/core';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether two texts are equal, in a time that says nothing about where they differ, nor about their lengths. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/**
 * Without a token only this machine may ask.
 * @throws SuuupraError config_invalid
 */
export function checkExposure({ host, apiToken }: Pick<Config, 'host' | 'apiToken'>): void {
  if (apiToken === undefined && !LOOPBACK.test(host))
    throw new SuuupraError(
      'config_invalid',
      `SUUUPRA_HOST is ${host}, which other machines reach, and there is no token`,
      {
        hint: 'Set SUUUPRA_API_TOKEN, or listen on 127.0.0.1.',
      },
    );
}

/**
 * @param header the value of `Authorization`
 * @param token the one that is asked for; undefined: none is
 * @throws SuuupraError unauthorized
 */
export function authorize(header: string | undefined, token: string | undefined): void {
  if (token === undefined) return;
  const given = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
  if (given === undefined || !isSame(given, token))
    throw new SuuupraError('unauthorized', given === undefined ? 'no token was sent' : 'the token is not valid');
}
