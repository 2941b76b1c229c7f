import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PROJECT_ROOT, SuuupraError, stackFile } from '@suuupra/core';

/** Where the local stack keeps what, below its home directory. */
export interface HomePaths {
  readonly home: string;
  /** What survives a restart: one folder per part. */
  readonly data: string;
  /** Configuration files written at every start. */
  readonly conf: string;
  readonly logs: string;
  /** Locks and temporary files of the running stack. */
  readonly run: string;
  readonly lock: string;
  readonly socket: string;
  readonly note: string;
}

/** Longest path that every system takes for a Unix socket is 103 bytes. */
const SOCKET_PATH_MAX = 100;

function socketPath(home: string): string {
  const own = path.join(home, 'run', 'control.sock');
  if (Buffer.byteLength(own) <= SOCKET_PATH_MAX) return own;
  const digest = createHash('sha256').update(home).digest('hex').slice(0, 16);
  return path.join(os.tmpdir(), `suuupra-${String(os.userInfo().uid)}`, `${digest}.sock`);
}

export function homePaths(home: string): HomePaths {
  const run = path.join(home, 'run');
  return {
    home,
    data: path.join(home, 'data'),
    conf: path.join(home, 'conf'),
    logs: path.join(home, 'logs'),
    run,
    lock: path.join(run, 'supervisor.lock'),
    socket: socketPath(home),
    note: stackFile(home),
  };
}

/** Entries that may stand in a directory that is to become the home of a stack. */
const OWN_ENTRIES = new Set(['data', 'conf', 'logs', 'run', 'imports', 'stack.json']);

/**
 * Makes a directory the home of a stack. `suuupra reset` deletes a home with everything in it, so a directory that
 * holds anything else never becomes one.
 * @throws SuuupraError config_invalid
 */
export function prepareHome(paths: HomePaths): void {
  assertDisposable(paths.home);
  fs.mkdirSync(paths.home, { recursive: true });
  const foreign = fs.existsSync(paths.note)
    ? undefined
    : fs.readdirSync(paths.home).find((name) => !OWN_ENTRIES.has(name));
  if (foreign !== undefined)
    throw new SuuupraError('config_invalid', `Home ${paths.home} holds ${foreign}, which is not of a stack`, {
      hint: 'Give an empty or new directory with --home DIR or SUUUPRA_HOME.',
    });
  for (const directory of [paths.data, paths.conf, paths.logs]) fs.mkdirSync(directory, { recursive: true });
  fs.mkdirSync(paths.run, { recursive: true, mode: 0o700 });
  prepareSocketDirectory(path.dirname(paths.socket));
}

/** @throws SuuupraError config_invalid for a directory that must never be deleted as a whole */
export function assertDisposable(home: string): void {
  const precious = [os.homedir(), PROJECT_ROOT];
  const inside = (child: string): boolean => {
    const relative = path.relative(home, child);
    return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
  };
  const kept = precious.find(inside);
  if (kept !== undefined)
    throw new SuuupraError('config_invalid', `Home ${home} must not be or contain ${kept}`, {
      hint: 'Give a directory of its own with --home DIR or SUUUPRA_HOME.',
    });
}

/** The fallback directory of the socket has a name that others could guess: it must be ours alone. */
function prepareSocketDirectory(directory: string): void {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  const stat = fs.lstatSync(directory);
  if (!stat.isDirectory() || stat.uid !== os.userInfo().uid)
    throw new SuuupraError('config_invalid', `${directory} belongs to another user`, {
      hint: 'Choose a home with a shorter path (--home DIR), so that its socket fits below it.',
    });
}
