import { ERROR_CODES, SuuupraError, errorMessage, isSuuupraError, type ErrorCode } from '@suuupra/core';
import type { FastifyError } from 'fastify';

/** HTTP statuses of the errors that a request can meet; all others are 500. */
const STATUS: Partial<Readonly<Record<ErrorCode, number>>> = {
  input_invalid: 400,
  event_invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  input_too_large: 413,
  media_type_unknown: 415,
  rate_limited: 429,
  overloaded: 503,
  kafka_unreachable: 503,
  kafka_delivery_failed: 503,
};

/** Seconds after which what failed may work, where the error itself does not say. */
const RETRY_AFTER: Partial<Readonly<Record<ErrorCode, number>>> = {
  rate_limited: 1,
  overloaded: 1,
  kafka_unreachable: 5,
  kafka_delivery_failed: 5,
};

/** Errors of Fastify that have a code of their own here; its other refusals of a request are `input_invalid`. */
const FRAMEWORK: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'input_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media_type_unknown',
  FST_ERR_CTP_INVALID_TYPE: 'media_type_unknown',
};

/** The body of every error (RFC 9457), media type application/problem+json. */
export interface Problem {
  /** `urn:suuupra:error:` and the code. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly hint: string;
  readonly request_id: string;
}

function asOurs(error: unknown): SuuupraError {
  if (isSuuupraError(error)) return error;
  const { code, statusCode } = error as Partial<FastifyError>;
  if (error instanceof Error && statusCode !== undefined && statusCode < 500)
    return new SuuupraError(FRAMEWORK[code ?? ''] ?? 'input_invalid', error.message, { cause: error });
  // What went wrong inside is for the log, not for whoever asked.
  return new SuuupraError('internal', 'the request failed', { cause: errorMessage(error) });
}

/** Anything that was thrown, as a problem, with the seconds after which to try again where that helps. */
export function problemOf(error: unknown, requestId: string): { problem: Problem; retryAfter: number | undefined } {
  const { code, message, hint, details } = asOurs(error);
  const said = details['retryAfterSeconds'];
  return {
    problem: {
      type: `urn:suuupra:error:${code}`,
      title: ERROR_CODES[code].summary,
      status: STATUS[code] ?? 500,
      code,
      detail: message,
      hint,
      request_id: requestId,
    },
    retryAfter: typeof said === 'number' ? said : RETRY_AFTER[code],
  };
}
