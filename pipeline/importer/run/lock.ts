import fs from 'node:fs';
import path from 'node:path';
import { SuuupraError } from '@suuupra/core';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // alive, and somebody else's
  }
}

/** Locks of this process. A lock that names it and is not among them was left by a killed one of the same number. */
const held = new Set<string>();

/** The process that a lock names; undefined where it names none that is alive. */
function holder(file: string): number | undefined {
  const pid = Number(fs.readFileSync(file, 'utf8'));
  if (pid === process.pid) return held.has(file) ? pid : undefined;
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) ? pid : undefined;
}

/**
 * Makes sure that one process at a time imports a file: two would write over each other's checkpoint.
 * @returns what gives the lock back
 * @throws SuuupraError import_running
 */
export function lockFolder(folder: string): () => void {
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'lock');
  const take = (): boolean => {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  };
  if (!take()) {
    const pid = holder(file);
    if (pid !== undefined)
      throw new SuuupraError('import_running', `Process ${String(pid)} is importing this file`, {
        hint: `Wait for it or stop it. If that process is none of ours, delete ${file}.`,
      });
    fs.rmSync(file, { force: true }); // left by a run that was killed
    if (!take()) throw new SuuupraError('import_running', 'Another process has just begun to import this file');
  }
  held.add(file);
  return () => {
    held.delete(file);
    fs.rmSync(file, { force: true });
  };
}
