import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOST_BINARY } from '../build/paths.ts';

export interface PreviewOptions {
  /** Directory in which plugins are looked for, such as plugin/dist. */
  readonly plugins: string;
  /** Directory with datasources/ and dashboards/. */
  readonly provisioning: string;
  /** Variables that the provisioning files refer to, besides those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A running preview. */
export interface Preview {
  readonly url: string;
  /** Ends it and waits until it has ended. */
  stop(): Promise<void>;
}

const START_MS = 30_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The host as a child that the kernel ends with this process, however that dies. */
function start(args: string[], environment: PreviewOptions['environment']): ChildProcess {
  const guarded = spawnSync('setpriv', ['--version']).status === 0;
  const [file = '', ...rest] = [...(guarded ? ['setpriv', '--pdeathsig', 'TERM'] : []), HOST_BINARY, ...args];
  return spawn(file, rest, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...environment } });
}

/**
 * Starts the preview on a free port, for tests.
 * @throws Error when it is not built or does not start; with what it has logged
 */
export async function startPreview({ plugins, provisioning, environment }: PreviewOptions): Promise<Preview> {
  if (!existsSync(HOST_BINARY)) throw new Error('The preview is not built: npm run build -w preview');
  const port = await freePort();
  const child = start(['--port', String(port), '--plugins', plugins, '--provisioning', provisioning], environment);
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-20_000);
  });
  const ended = once(child, 'close');
  const url = `http://127.0.0.1:${String(port)}`;
  const deadline = Date.now() + START_MS;
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill();
      throw new Error(`The preview did not start:\n${log}`);
    }
    await sleep(50);
  }
  return {
    url,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/health`)).ok;
  } catch {
    return false; // not listening yet
  }
}
