import { SuuupraError, errorMessage } from '@suuupra/core';
import * as v from 'valibot';
import { innermostCause } from './cause.ts';

/** What Flink answered when it did not answer 2xx; callers turn it into an error of ours. */
export class FlinkResponseError extends Error {
  override readonly name = 'FlinkResponseError';
  readonly status: number;
  /** The whole answer, with the stack traces. */
  readonly trace: string;

  constructor(status: number, trace: string) {
    super(innermostCause(trace));
    this.status = status;
    this.trace = trace;
  }
}

export interface RequestOptions {
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** For one request; default 30 s. */
  readonly timeoutMs?: number;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

const DEFAULT_TIMEOUT_MS = 30_000;
const ERRORS = v.object({ errors: v.array(v.string()) });

/**
 * One request to a REST endpoint of Flink.
 * @param schema of the answer; an answer of another form is an error, never undefined behaviour later
 * @throws FlinkResponseError Flink answered with an error
 * @throws SuuupraError flink_unreachable
 */
export async function request<const S extends v.GenericSchema>(
  method: Method,
  url: string,
  schema: S,
  options: RequestOptions = {},
): Promise<v.InferOutput<S>> {
  const { status, text } = await send(method, url, options);
  if (status >= 300) throw new FlinkResponseError(status, errorText(text));
  const parsed = v.safeParse(schema, text === '' ? {} : JSON.parse(text));
  if (parsed.success) return parsed.output;
  const fault = `${v.getDotPath(parsed.issues[0]) ?? 'answer'}: ${parsed.issues[0].message}`;
  throw new SuuupraError('flink_unreachable', `${url} does not answer like Flink (${fault})`);
}

/**
 * One request whose answer is plain text, such as a log.
 * @throws FlinkResponseError, SuuupraError flink_unreachable
 */
export async function requestText(url: string, options: RequestOptions = {}): Promise<string> {
  const { status, text } = await send('GET', url, options);
  if (status >= 300) throw new FlinkResponseError(status, errorText(text));
  return text;
}

async function send(method: Method, url: string, options: RequestOptions): Promise<{ status: number; text: string }> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      method,
      signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
      headers: { 'content-type': 'application/json' },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    options.signal?.throwIfAborted();
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw new SuuupraError('flink_unreachable', `${new URL(url).origin} does not answer: ${errorMessage(cause)}`, {
      cause: error,
    });
  }
}

/** Flink's errors are `{"errors": [title, stack trace]}`; anything else is shown as it came. */
function errorText(body: string): string {
  try {
    const parsed = v.safeParse(ERRORS, JSON.parse(body));
    return parsed.success ? parsed.output.errors.join('\n') : body;
  } catch {
    return body;
  }
}
