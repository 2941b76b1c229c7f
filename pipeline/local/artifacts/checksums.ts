import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SuuupraError } from '@suuupra/core';

/** Names of files and their SHA-256 in hexadecimal. */
export type Lock = ReadonlyMap<string, string>;

/**
 * Reads a lock in the form of `sha256sum`: a digest, two spaces and a file name per line.
 * @throws SuuupraError artifact_invalid
 */
export function parseLock(text: string): Lock {
  const lock = new Map<string, string>();
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const match = /^([0-9a-f]{64}) {2}([^/\\]+)$/.exec(line);
    if (!match) throw new SuuupraError('artifact_invalid', `Line "${line}" of a lock is not a digest and a file name`);
    lock.set(match[2] as string, match[1] as string);
  }
  return lock;
}

export const renderLock = (lock: Lock): string =>
  [...lock]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, digest]) => `${digest}  ${name}\n`)
    .join('');

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(fs.createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/** The digests of all files of a directory. */
export async function digestDirectory(directory: string): Promise<Lock> {
  const names = await fs.promises.readdir(directory);
  const entries = await Promise.all(
    names.map(async (name) => [name, await sha256(path.join(directory, name))] as const),
  );
  return new Map(entries);
}

/**
 * Holds the files of a directory against their lock: none missing, none added, none changed.
 * @throws SuuupraError artifact_invalid, with every fault named
 */
export async function verifyDirectory(directory: string, lock: Lock): Promise<void> {
  const found = await digestDirectory(directory);
  const faults = [
    ...[...lock.keys()].filter((name) => !found.has(name)).map((name) => `${name} is missing`),
    ...[...found.keys()].filter((name) => !lock.has(name)).map((name) => `${name} is not in the lock`),
    ...[...found]
      .filter(([name, digest]) => lock.has(name) && lock.get(name) !== digest)
      .map(([name, digest]) => `${name} has SHA-256 ${digest}, pinned is ${lock.get(name) ?? ''}`),
  ];
  if (faults.length > 0)
    throw new SuuupraError('artifact_invalid', `Downloaded files: ${faults.join('; ')}`, { details: { faults } });
}
