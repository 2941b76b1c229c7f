import { loadConfig, type Config } from '@suuupra/core';
import { startApi } from '../start.ts';

export interface TestApi {
  readonly url: string;
  /** A request below /api/v1 with the token where one is given. */
  ask(path: string, init?: RequestInit & { readonly token?: string }): Promise<Response>;
  /** Answers a definition. */
  query(definition: unknown, init?: RequestInit & { readonly token?: string }): Promise<Response>;
  close(): Promise<void>;
}

/** The API on the ClickHouse of the stack, on a port of its own. */
export async function startTestApi(changes: Partial<Config> = {}): Promise<TestApi> {
  const config = loadConfig();
  const { url, close } = await startApi({
    ...config,
    logLevel: 'silent',
    ports: { ...config.ports, api: 0 },
    ...changes,
  });
  const ask: TestApi['ask'] = (path, { token, ...init } = {}) => {
    const headers = new Headers(init.headers);
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    return fetch(`${url}/api/v1${path}`, { ...init, headers });
  };
  return {
    url,
    ask,
    query: (definition, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set('content-type', 'application/json');
      return ask('/query', { method: 'POST', body: JSON.stringify(definition), ...init, headers });
    },
    close,
  };
}

export interface ProblemBody {
  readonly type: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly hint: string;
  readonly request_id: string;
  readonly faults?: readonly { readonly path: string; readonly found: string; readonly allowed: string }[];
}

/** The problem that a refused request was answered with. */
export async function problemIn(response: Response): Promise<ProblemBody> {
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json')) throw new Error(`the answer is ${type}: ${await response.text()}`);
  return (await response.json()) as ProblemBody;
}
