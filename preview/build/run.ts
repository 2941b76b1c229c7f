import { spawn } from 'node:child_process';

/** Runs a program to its end, with its output on ours; an exit code other than 0 is an error. */
export async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', (cause: NodeJS.ErrnoException) => {
      const missing = cause.code === 'ENOENT';
      reject(missing ? new Error(`${command} is not installed; it is needed to build the preview`, { cause }) : cause);
    });
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with code ${String(code)}`);
}
