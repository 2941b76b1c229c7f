import { ERROR_CODES, errorMessage, isSuuupraError, SuuupraError, type ErrorCode } from '@suuupra/core';
import type { FastifyError } from 'fastify';

/** HTTP statuses of the errors that a request can meet; all others are 500. */
const STATUS: Partial<Readonly<Record<ErrorCode, number>>> = {
  definition_invalid: 400,
  input_invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  query_too_costly: 422,
  rate_limited: 429,
  clickhouse_query_failed: 502,
  clickhouse_unreachable: 503,
  query_timeout: 504,
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

/** Errors that Fastify itself raises while it reads a request. */
function ofFramework(error: FastifyError): SuuupraError | undefined {
  if (error.statusCode === undefined || error.statusCode >= 500) return undefined;
  return new SuuupraError('input_invalid', error.message, { cause: error });
}

const asOurs = (error: unknown): SuuupraError => {
  if (isSuuupraError(error)) return error;
  const framework = error instanceof Error ? ofFramework(error as FastifyError) : undefined;
  // What went wrong inside is for the log, not for whoever asked.
  return framework ?? new SuuupraError('internal', 'the request failed', { cause: errorMessage(error) });
};

/** Anything that was thrown, as a problem. */
export function problemOf(error: unknown, requestId: string): Problem {
  const ours = asOurs(error);
  const status = ours.cause instanceof Error && 'statusCode' in ours.cause ? Number(ours.cause.statusCode) : undefined;
  const faults = ours.details.faults;
  return {
    type: `urn:suuupra:error:${ours.code}`,
    title: ERROR_CODES[ours.code].summary,
    status: status ?? STATUS[ours.code] ?? 500,
    code: ours.code,
    detail: ours.message,
    hint: ours.hint,
    request_id: requestId,
    ...(faults === undefined ? {} : { faults }),
  };
}
