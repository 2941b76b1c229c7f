import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { loadConfig, PORT_NAMES, projectPath } from '@suuupra/core';

export interface ApiProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** What it has written to standard error so far. */
  log(): string;
  /** Asks it to end and waits: its exit code. */
  stop(): Promise<number | null>;
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The API in a process of its own as the local stack runs it, beside the stack's own. */
export async function startProcess(env: NodeJS.ProcessEnv): Promise<ApiProcess> {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const { clickhouseUrl } = loadConfig();
  const base = (await freePort()) - PORT_NAMES.indexOf('api');
  const child = spawn(process.execPath, ['--import', tsx, projectPath('pipeline/api/main.ts')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, SUUUPRA_PORT_BASE: String(base), SUUUPRA_CLICKHOUSE_URL: clickhouseUrl, ...env },
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const ended = once(child, 'exit');
  const listening = async (): Promise<string> => {
    for (;;) {
      const url = /Server listening at (http:[^"\s]+)/.exec(log)?.[1];
      if (url !== undefined) return url;
      await sleep(20);
    }
  };
  const failed = ended.then(() => Promise.reject(new Error(`the API does not listen: ${log}`)));
  failed.catch(() => undefined); // it ends at last
  const url = await Promise.race([listening(), failed]);
  return {
    child,
    url,
    log: () => log,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      return child.exitCode;
    },
  };
}

/** Answers a definition by the API at a URL. */
export const post = (url: string, definition: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/api/v1/query`, {
    method: 'POST',
    body: JSON.stringify(definition),
    headers: { 'content-type': 'application/json', ...headers },
  });
