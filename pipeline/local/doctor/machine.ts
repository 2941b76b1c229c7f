import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ok, type Finding } from './check.ts';

const GIB = 2 ** 30;

/** All parts together stay below 3 GiB at rest; a back-fill needs room for ClickHouse's queries. */
const MEMORY_LEAST = 3 * GIB;
const MEMORY_GOOD = 5 * GIB;
/** Artifacts take 0.4 GiB, the data of a month of simulated events 1 GiB. */
const DISK_LEAST = 2 * GIB;
const DISK_GOOD = 5 * GIB;

const gib = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`;

/** Memory that can be had without pushing anything out, within the limit of the container if there is one. */
function availableMemory(): number {
  let available = os.freemem();
  try {
    const match = /^MemAvailable:\s+(\d+) kB$/m.exec(fs.readFileSync('/proc/meminfo', 'utf8'));
    if (match) available = Number(match[1]) * 1024;
  } catch {
    // Not Linux: what the system calls free has to do.
  }
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(available, limit) : available;
}

/** @param running whether the stack runs already and so has the memory it needs */
export function checkMemory(running: boolean): Finding {
  const available = availableMemory();
  const found = `${gib(available)} available`;
  if (running || available >= MEMORY_GOOD) return ok('memory', found);
  return {
    name: 'memory',
    state: available < MEMORY_LEAST ? 'error' : 'warning',
    found,
    advice: `End other programs: the stack needs ${gib(MEMORY_LEAST)}, and ${gib(MEMORY_GOOD)} to be at ease.`,
  };
}

/** The nearest directory above a path that exists: there the disk is asked. */
function existing(directory: string): string {
  return fs.existsSync(directory) ? directory : existing(path.dirname(directory));
}

export function checkDisk(name: string, directory: string): Finding {
  const { bavail, bsize } = fs.statfsSync(existing(directory));
  const available = bavail * bsize;
  const found = `${gib(available)} free at ${directory}`;
  if (available >= DISK_GOOD) return ok(name, found);
  return {
    name,
    state: available < DISK_LEAST ? 'error' : 'warning',
    found,
    advice: `Make room, or move it: --home DIR (SUUUPRA_HOME) for the data, SUUUPRA_CACHE for the artifacts.`,
  };
}
