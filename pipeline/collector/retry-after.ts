import { isSuuupraError, type ErrorCode } from '@suuupra/core';

/** Seconds after which what failed may work, where the error itself does not say. */
const SECONDS: Partial<Readonly<Record<ErrorCode, number>>> = {
  rate_limited: 1,
  overloaded: 1,
  kafka_unreachable: 5,
  kafka_delivery_failed: 5,
};

/** What `Retry-After` says of an error, or undefined where to try again does not help. */
export function retryAfter(error: unknown): number | undefined {
  if (!isSuuupraError(error)) return undefined;
  const said = error.details['retryAfterSeconds'];
  return typeof said === 'number' ? said : SECONDS[error.code];
}
