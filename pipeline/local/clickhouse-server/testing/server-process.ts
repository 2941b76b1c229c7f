import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { THREADS_ENV } from '../threads.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface ServerProcess {
  readonly url: string;
  readonly directory: string;
  readonly child: ChildProcess;
  /** What it has written to standard error so far. */
  errors(): string;
  /** Resident memory in megabytes. */
  memory(): number;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** A directory for data of a test. */
export const temporaryDirectory = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'clickhouse-server-'));

export interface StartOptions {
  /** A directory that a test keeps over several starts. */
  readonly directory?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** Starts the server of this folder as a process of its own on a free port, as the local stack does. */
export async function startServer(options: StartOptions = {}): Promise<ServerProcess> {
  const directory = options.directory ?? temporaryDirectory();
  const args = ['--import', 'tsx', MAIN, '--port', '0', '--data', directory, ...(options.args ?? [])];
  const env = {
    ...process.env,
    ...THREADS_ENV,
    SUUUPRA_CLICKHOUSE_USER: 'default',
    SUUUPRA_CLICKHOUSE_PASSWORD: '',
    ...options.env,
  };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const line = await firstLine(child);
  const url = /^listening (\S+)/.exec(line)?.[1];
  if (url === undefined) throw new Error(`the server did not start: ${line}${errors}`);
  return {
    url,
    directory,
    child,
    errors: () => errors,
    memory: () => residentMegabytes(child.pid as number),
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await once(child, 'exit');
      }
      if (options.directory === undefined) fs.rmSync(directory, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}

/** The first line of standard output, or nothing if the process ends without one. */
async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  const ended = once(child, 'exit').then(() => undefined);
  const read = (async () => {
    for await (const data of child.stdout as AsyncIterable<Buffer>) {
      text += data.toString();
      if (text.includes('\n')) return;
    }
  })();
  await Promise.race([read, ended]);
  child.stdout?.resume();
  return text.split('\n')[0] as string;
}

function residentMegabytes(pid: number): number {
  const status = fs.readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** Sends a statement in the body of a POST and gives the response as text. */
export async function post(
  url: string,
  sql: string | Uint8Array<ArrayBuffer>,
  init: RequestInit = {},
): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(url, { method: 'POST', body: sql, ...init });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** Runs a statement that must succeed. */
export async function ask(server: ServerProcess, sql: string, parameters = ''): Promise<string> {
  const { status, text } = await post(`${server.url}/?${parameters}`, sql);
  if (status !== 200) throw new Error(text);
  return text.trimEnd();
}

/** Waits until a condition holds. */
export async function until(condition: () => Promise<boolean> | boolean, milliseconds = 10_000): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}
