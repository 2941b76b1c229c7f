import { ERROR_CODES, SuuupraError, errorMessage, isSuuupraError, type ErrorCode } from '../errors.ts';

/** HTTP statuses of the errors that a request can meet; all others are 500. */
const STATUS: Partial<Readonly<Record<ErrorCode, number>>> = {
  definition_invalid: 400,
  event_invalid: 400,
  input_invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  input_too_large: 413,
  media_type_unknown: 415,
  query_too_costly: 422,
  rate_limited: 429,
  clickhouse_query_failed: 502,
  clickhouse_unreachable: 503,
  kafka_delivery_failed: 503,
  kafka_unreachable: 503,
  overloaded: 503,
  query_timeout: 504,
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
  /** The bad fields of a definition. */
  readonly faults?: unknown;
}

/** Errors that the framework itself raises while it reads a request say that it was the request. */
interface FrameworkError extends Error {
  readonly code?: string;
  readonly statusCode?: number;
}

function asOurs(error: unknown): SuuupraError {
  if (isSuuupraError(error)) return error;
  if (error instanceof Error) {
    const { code = '', statusCode = 500 } = error as FrameworkError;
    if (statusCode < 500) return new SuuupraError(FRAMEWORK[code] ?? 'input_invalid', error.message, { cause: error });
  }
  // What went wrong inside is for the log, not for whoever asked.
  return new SuuupraError('internal', 'the request failed', { cause: errorMessage(error) });
}

/** Anything that was thrown while a request was answered, as a problem. */
export function problemOf(error: unknown, requestId: string): Problem {
  const { code, message, hint, details } = asOurs(error);
  const faults = details['faults'];
  return {
    type: `urn:suuupra:error:${code}`,
    title: ERROR_CODES[code].summary,
    status: STATUS[code] ?? 500,
    code,
    detail: message,
    hint,
    request_id: requestId,
    ...(faults === undefined ? {} : { faults }),
  };
}
