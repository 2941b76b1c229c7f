import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { identify, signalGroup, type ProcessIdentity } from './identity.ts';

/** What to run. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export const exitText = ({ code, signal }: Exit): string =>
  signal === null ? `exit code ${String(code)}` : `signal ${signal}`;

/** A running process of a part. It leads a group of its own, so that Ctrl-C at the terminal does not reach it. */
export interface PartProcess extends ProcessIdentity {
  readonly exited: Promise<Exit>;
  /** What it wrote since it was launched. */
  output(): Promise<string>;
  signal(signal: NodeJS.Signals): void;
}

let dieWithParent: readonly string[] | undefined;

/**
 * On Linux the kernel ends a part when its supervisor dies, even by kill -9. Elsewhere the next `up` or `down` does it
 * by the noted process ids.
 */
function deathWrapper(): readonly string[] {
  const wrapper = ['setpriv', '--pdeathsig', 'KILL'];
  dieWithParent ??= spawnSync(wrapper[0] as string, [...wrapper.slice(1), 'true']).status === 0 ? wrapper : [];
  return dieWithParent;
}

/**
 * Launches a process whose output is appended to a file.
 * @param logFile receives standard output and standard error
 * @param cwd directory to run in
 */
export async function launchProcess(launch: Launch, logFile: string, cwd: string): Promise<PartProcess> {
  const [file, ...args] = [...deathWrapper(), launch.file, ...launch.args] as [string, ...string[]];
  const log = await fs.promises.open(logFile, 'a');
  try {
    const from = (await log.stat()).size;
    const child = spawn(file, args, {
      cwd,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: { ...process.env, ...launch.env },
    });
    const exited = new Promise<Exit>((resolve) => {
      child.once('exit', (code, signal) => {
        // What it started itself and left behind goes with it.
        if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
        resolve({ code, signal });
      });
    });
    const pid = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('spawn', () => {
        resolve(child.pid as number);
      });
    });
    return {
      pid,
      started: identify(pid)?.started ?? '',
      exited,
      output: () => readFrom(logFile, from),
      signal: (signal) => {
        signalGroup(pid, signal);
      },
    };
  } finally {
    await log.close();
  }
}

async function readFrom(file: string, offset: number): Promise<string> {
  const handle = await fs.promises.open(file, 'r');
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.max(0, size - offset));
    await handle.read(buffer, 0, buffer.length, offset);
    return buffer.toString('utf8');
  } finally {
    await handle.close();
  }
}
