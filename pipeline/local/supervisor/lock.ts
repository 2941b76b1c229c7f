import fs from 'node:fs';
import { SuuupraError } from '@suuupra/core';
import { identify, isAlive, type ProcessIdentity } from '../process/identity.ts';

/**
 * Takes the lock of a home for this process. A lock whose holder is dead is taken over.
 * @returns releases the lock
 * @throws SuuupraError home_in_use
 */
export function acquireLock(file: string, home: string): () => void {
  const own = JSON.stringify(identify(process.pid));
  const draft = `${file}.${String(process.pid)}`;
  fs.writeFileSync(draft, own);
  try {
    // A link appears with its content or not at all; no other process ever reads half a lock.
    while (!tryLink(draft, file)) {
      const text = readIfThere(file);
      if (text === undefined) continue;
      const holder = JSON.parse(text) as ProcessIdentity;
      if (isAlive(holder))
        throw new SuuupraError('home_in_use', `A stack runs in ${home} already (process ${String(holder.pid)})`, {
          details: { pid: holder.pid },
        });
      removeStale(file, text);
    }
  } finally {
    fs.rmSync(draft, { force: true });
  }
  return () => {
    if (readIfThere(file) === own) fs.rmSync(file, { force: true });
  };
}

/** The process that holds the lock of a home, if one does and lives. */
export function lockHolder(file: string): ProcessIdentity | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  const holder = JSON.parse(text) as ProcessIdentity;
  return isAlive(holder) ? holder : undefined;
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

/** Removes a dead process's lock, but not that of another process that took it over in this very moment. */
function removeStale(file: string, staleText: string): void {
  const aside = `${file}.stale.${String(process.pid)}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return; // another process removed it first
  }
  if (readIfThere(aside) !== staleText) tryLink(aside, file);
  fs.rmSync(aside, { force: true });
}
