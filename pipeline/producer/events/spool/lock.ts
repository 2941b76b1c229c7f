import fs from 'node:fs/promises';
import { SuuupraError } from '@suuupra/core';

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // it runs, under another user
  }
}

/**
 * Takes a lock file; one that a dead process left is taken over. A process id that was given out again since makes the
 * lock look held: then the file is deleted by hand.
 * @returns gives it back
 * @throws SuuupraError spool_in_use
 */
export async function takeLock(file: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      await fs.writeFile(file, String(process.pid), { flag: 'wx' });
      return () => fs.rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = Number(await fs.readFile(file, 'utf8').catch(() => '0'));
    if (owner > 0 && isRunning(owner))
      throw new SuuupraError('spool_in_use', `process ${String(owner)} holds ${file}`, { details: { pid: owner } });
    await fs.rm(file, { force: true });
  }
}
