import { type BackendSrv, type BackendSrvRequest, type FetchError, type FetchResponse } from '@grafana/runtime';
import { lastValueFrom, Observable } from 'rxjs';

/** The whole address of a request: absolute, with its parameters; lists repeat their name, undefined is left out. */
export function addressOf({ url, params }: Pick<BackendSrvRequest, 'url' | 'params'>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((params ?? {}) as Record<string, unknown>))
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value])
      if (item !== undefined && item !== null) search.append(name, String(item));
  const absolute = url.startsWith('/') || /^https?:/.test(url) ? url : `/${url}`;
  const query = search.toString();
  return query === '' ? absolute : `${absolute}${absolute.includes('?') ? '&' : '?'}${query}`;
}

async function readBody(response: Response, type: BackendSrvRequest['responseType']): Promise<unknown> {
  if (type === 'blob') return response.blob();
  if (type === 'arraybuffer') return response.arrayBuffer();
  const text = await response.text();
  if (type === 'text') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text; // not JSON whatever its type says: the caller gets what there is, as from Grafana
  }
}

async function send<T>(request: BackendSrvRequest, signal: AbortSignal): Promise<FetchResponse<T>> {
  const hasBody = request.data !== undefined && request.data !== null;
  const response = await fetch(addressOf(request), {
    method: request.method ?? 'GET',
    headers: {
      ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
      ...(request.headers as Record<string, string> | undefined),
    },
    body: hasBody ? (typeof request.data === 'string' ? request.data : JSON.stringify(request.data)) : null,
    signal,
  });
  const { status, statusText, ok, headers, redirected, type, url } = response;
  const data = (await readBody(response, request.responseType)) as T;
  const answer = { data, status, statusText, ok, headers, redirected, type, url, config: request };
  if (ok) return answer;
  const shown = typeof data === 'object' && data !== null ? data : { message: String(data) };
  // Callers expect this object and not an Error: it is what Grafana's own service throws.

  throw { ...answer, data: shown, isHandled: false } as unknown as FetchError;
}

/** Requests that carry a requestId, by it: a new one with the same id cancels the one before. */
const running = new Map<string, AbortController>();

function observe<T>(request: BackendSrvRequest): Observable<FetchResponse<T>> {
  return new Observable((subscriber) => {
    const abort = new AbortController();
    if (request.requestId !== undefined) {
      running.get(request.requestId)?.abort();
      running.set(request.requestId, abort);
    }
    send<T>(request, abort.signal).then(
      (answer) => {
        subscriber.next(answer);
        subscriber.complete();
      },
      (cause: unknown) => {
        if (!abort.signal.aborted) subscriber.error(cause);
        else if (!subscriber.closed) subscriber.complete();
      },
    );
    return () => {
      abort.abort();
    };
  });
}

const dataOf = async <T>(request: BackendSrvRequest): Promise<T> => (await lastValueFrom(observe<T>(request))).data;

/** Grafana's way to talk to its server, over fetch. */
export const backendSrv: BackendSrv = {
  fetch: observe,
  chunked: () => {
    throw new Error('Chunked requests are not part of the preview');
  },
  request: dataOf,
  datasourceRequest: <T>(request: BackendSrvRequest) => lastValueFrom(observe<T>(request)),
  get: (url, params, requestId, options) =>
    dataOf({ ...options, url, params: params as object, requestId, method: 'GET' }),
  post: (url, data, options) => dataOf({ ...options, url, data, method: 'POST' }),
  put: (url, data, options) => dataOf({ ...options, url, data, method: 'PUT' }),
  patch: (url, data, options) => dataOf({ ...options, url, data, method: 'PATCH' }),
  delete: (url, data, options) => dataOf({ ...options, url, data, method: 'DELETE' }),
};
