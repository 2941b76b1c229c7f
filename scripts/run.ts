import { spawn, type ChildProcess } from 'node:child_process';
import { PROJECT_ROOT } from '@suuupra/core';

const running = new Set<ChildProcess>();

/** Passes a signal on to every program that is running now. */
export function signalChildren(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
}

/** Makes SIGINT and SIGTERM end this process and the programs it runs: a test run or build that is stopped takes them along. */
export function endOnSignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      signalChildren(signal);
      setTimeout(() => process.exit(1), 10_000).unref();
      if (running.size === 0) process.exit(1);
    });
}

export interface RunResult {
  readonly ok: boolean;
  readonly output: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  /** Keep the output to oneself and return it, instead of showing it as it comes. */
  readonly quiet?: boolean;
}

/**
 * Runs a program to its end.
 * @returns whether it ended with code 0, and everything it wrote
 */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const child = spawn(command, args, {
    cwd: options.cwd ?? PROJECT_ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const chunks: Buffer[] = [];
  const collect = (stream: NodeJS.WriteStream) => (chunk: Buffer) => {
    chunks.push(chunk);
    if (!options.quiet) stream.write(chunk);
  };
  child.stdout.on('data', collect(process.stdout));
  child.stderr.on('data', collect(process.stderr));
  const code = await new Promise<number>((resolve) => {
    child.on('error', (error) => {
      chunks.push(Buffer.from(`${command}: ${error.message}\n`));
      resolve(127);
    });
    child.on('close', (exit) => {
      resolve(exit ?? 1);
    });
  });
  running.delete(child);
  return { ok: code === 0, output: Buffer.concat(chunks).toString() };
}
