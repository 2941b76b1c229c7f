import { SuuupraError } from '@suuupra/core';

/**
 * Refuses pages of origins that are not listed. CORS alone would not: a `text/plain` body needs no preflight, and the
 * browser hides only the answer.
 * @throws SuuupraError forbidden
 */
export function checkOrigin(origin: string | undefined, allowed: readonly string[]): void {
  if (origin === undefined || allowed.includes(origin)) return;
  throw new SuuupraError('forbidden', `pages of ${origin.slice(0, 200)} may not send events`, {
    hint: 'Add the origin to SUUUPRA_COLLECTOR_ORIGINS.',
  });
}
