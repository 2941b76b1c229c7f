import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { SuuupraError, projectPath, type Config } from '@suuupra/core';
import { homePaths, prepareHome } from '../home.ts';
import { nodeLaunch } from '../process/node.ts';
import { supervisorLog } from './run.ts';
import { errorOf, type FailureSnapshot, type StackSnapshot } from './snapshot.ts';
import type { StackOptions } from './stack.ts';

/** What a detached supervisor tells the command that started it. */
export type DetachedMessage = { readonly snapshot: StackSnapshot } | { readonly failure: FailureSnapshot };

/**
 * Starts the stack of a home in a process of its own.
 * @param onChange receives the state until it is ready
 * @param signal stops the start
 * @returns the state when all is ready
 * @throws SuuupraError as `runStack`
 */
export async function startDetached(
  config: Config,
  options: StackOptions,
  onChange: (snapshot: StackSnapshot) => void,
  signal: AbortSignal,
): Promise<StackSnapshot> {
  prepareHome(homePaths(config.home));
  const launch = nodeLaunch(config, projectPath('pipeline/local/supervisor/main.ts'), JSON.stringify(options));
  const log = fs.openSync(supervisorLog(config.home), 'a');
  const child = spawn(launch.file, launch.args, {
    detached: true,
    cwd: path.parse(config.home).root,
    stdio: ['ignore', log, log, 'ipc'],
    env: { ...process.env, ...launch.env },
  });
  fs.closeSync(log);
  const interrupt = (): void => {
    child.kill('SIGTERM');
  };
  signal.addEventListener('abort', interrupt);
  try {
    return await new Promise<StackSnapshot>((resolve, reject) => {
      let failure: SuuupraError | undefined;
      child.on('message', (message: DetachedMessage) => {
        if ('failure' in message) failure = errorOf(message.failure);
        else if (message.snapshot.state === 'ready') resolve(message.snapshot);
        else onChange(message.snapshot);
      });
      child.once('error', reject);
      child.once('exit', () => {
        const text = signal.aborted ? 'The start was interrupted' : 'The supervisor ended while it started';
        reject(failure ?? new SuuupraError('part_failed', text, { hint: 'Read `suuupra logs supervisor`.' }));
      });
    });
  } finally {
    signal.removeEventListener('abort', interrupt);
    if (child.connected) child.disconnect();
    child.unref();
  }
}
