import { spawn, type ChildProcess } from 'node:child_process';
import { projectPath } from '@suuupra/core';

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `suuupra` with arguments, as a shell would. */
export const startCommand = (args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess =>
  spawn(process.execPath, [projectPath('pipeline/cli/bin/suuupra.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', ...env },
  });

/** Runs `suuupra` with arguments to its end. */
export async function suuupra(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
  const child = startCommand(args, env);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, stdout, stderr };
}
