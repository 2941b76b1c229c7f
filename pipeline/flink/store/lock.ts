import fs from 'node:fs';
import path from 'node:path';
import { SuuupraError } from '@suuupra/core';

/**
 * Runs `work` while no other process changes jobs. The lock of a process that died is taken over.
 * @throws SuuupraError jobs_locked
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  acquire(file);
  try {
    return await work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

function acquire(file: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${String(process.pid)}`;
  fs.writeFileSync(draft, String(process.pid));
  try {
    // A link appears with its content or not at all.
    while (!tryLink(draft, file)) {
      const holder = Number(readIfThere(file));
      if (holder > 0 && isAlive(holder))
        throw new SuuupraError('jobs_locked', `Process ${String(holder)} is changing jobs`, {
          details: { pid: holder },
        });
      fs.rmSync(file, { force: true });
    }
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    fs.linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
