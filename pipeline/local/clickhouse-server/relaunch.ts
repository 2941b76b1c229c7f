import { spawn } from 'node:child_process';
import { THREADS_ENV } from './threads.ts';

/**
 * Runs this program again with the environment it needs, and stands for it: signals go on to it, its end is this
 * process's end. When this process is killed, so that it can pass on nothing, the other one dies of the closed channel.
 * Whoever starts the server with THREADS_ENV saves this process.
 */
export function relaunch(): void {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    env: { ...process.env, ...THREADS_ENV },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    process.exit(code ?? (signal === null ? 1 : 128));
  });
}

/** In the process that was started by `relaunch`: ends with the one that started it, as if it had been killed itself. */
export function dieWithParent(): void {
  if (process.channel === undefined) return;
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel.unref();
}
