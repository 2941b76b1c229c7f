import { isLoopback, isSameSecret, SuuupraError, type Config, type WriteKey } from '@suuupra/core';

/** How requests without a key are named in logs and metrics, where none is asked for. */
export const NOBODY = 'anonymous';

/**
 * Without write keys only this machine may send.
 * @throws SuuupraError config_invalid
 */
export function checkExposure({ host, collectorWriteKeys }: Pick<Config, 'host' | 'collectorWriteKeys'>): void {
  if (collectorWriteKeys.length === 0 && !isLoopback(host))
    throw new SuuupraError(
      'config_invalid',
      `SUUUPRA_HOST is ${host}, which other machines reach, and there is no write key`,
      { hint: 'Set SUUUPRA_COLLECTOR_WRITE_KEYS, or listen on 127.0.0.1.' },
    );
}

/**
 * Tells whose a key is, in a time that says nothing about how much of it was right.
 *
 * A write key lets its holder add events and nothing else. One that stands in a web page is public: it tells sources
 * apart, so that each has its own rate and can be ended alone.
 * @returns the name of a key; throws SuuupraError unauthorized
 */
export function keyCheck(keys: readonly WriteKey[]): (given: string | undefined) => string {
  return (given) => {
    if (keys.length === 0) return NOBODY;
    if (given === undefined || given === '')
      throw new SuuupraError('unauthorized', 'no write key was sent', {
        hint: 'Send it in the header X-Write-Key, or as ?write_key= where headers cannot be set (sendBeacon).',
      });
    // All of them, also behind the right one.
    let found: string | undefined;
    for (const { name, key } of keys) if (isSameSecret(key, given)) found = name;
    if (found === undefined)
      throw new SuuupraError('unauthorized', 'the write key is not valid', {
        hint: 'SUUUPRA_COLLECTOR_WRITE_KEYS of the collector lists the keys.',
      });
    return found;
  };
}
