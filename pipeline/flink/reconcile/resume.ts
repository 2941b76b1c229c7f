import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Reconciler } from './context.ts';
import type { JobRecord } from '../store/records.ts';
import type { Restore } from './submit.ts';

/**
 * From where a job that is gone goes on: the savepoint that it was stopped with, else the newest complete checkpoint on
 * disk, else the newest one that was seen on the cluster, else what it was itself started from.
 * @returns undefined where it never kept any state
 */
export async function resumePoint(reconciler: Reconciler, record: JobRecord): Promise<Restore | undefined> {
  if (record.stopped?.savepoint) return { path: record.stopped.savepoint, claim: false };
  if (!record.run) return undefined;
  const onDisk = await newestOnDisk(reconciler, record.run.jobId);
  if (onDisk !== undefined) return { path: onDisk, claim: true };
  if (record.checkpoint !== null && isThere(record.checkpoint)) return { path: record.checkpoint, claim: true };
  return record.run.from !== null && isThere(record.run.from) ? { path: record.run.from, claim: false } : undefined;
}

async function newestOnDisk({ cluster }: Reconciler, jobId: string): Promise<string | undefined> {
  const configured = (await cluster.configuration()).get('execution.checkpointing.dir');
  if (!configured?.startsWith('file:')) return undefined;
  const directory = path.join(fileURLToPath(configured), jobId);
  const newest = newestCheckpoint(directory);
  return newest === undefined ? undefined : pathToFileURL(path.join(directory, newest)).href;
}

/**
 * The newest complete checkpoint in the directory of a job: Flink writes `_metadata` last.
 * @returns its name, such as chk-42
 */
export function newestCheckpoint(directory: string): string | undefined {
  if (!fs.existsSync(directory)) return undefined;
  const complete = fs
    .readdirSync(directory)
    .filter((name) => /^chk-\d+$/.test(name) && fs.existsSync(path.join(directory, name, '_metadata')));
  const number = (name: string): number => Number(name.slice('chk-'.length));
  return complete.sort((a, b) => number(b) - number(a))[0];
}

/** A path on a disk of this machine is checked; one elsewhere is believed. */
const isThere = (location: string): boolean =>
  !location.startsWith('file:') || fs.existsSync(path.join(fileURLToPath(location), '_metadata'));
