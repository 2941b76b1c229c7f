import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectPath } from '@suuupra/core';
import { parseLock, verifyDirectory } from './checksums.ts';
import { copyDependencies } from './maven.ts';

const run = promisify(execFile);

/** The sets of files that come from Maven Central: a module of artifacts/pom.xml each. */
export const ARTIFACT_SETS = ['kafka', 'registry', 'flink'] as const;
export type ArtifactSet = (typeof ARTIFACT_SETS)[number];

/** For each set the directory that holds its jars. */
export type ArtifactDirectories = Readonly<Record<ArtifactSet, string>>;

export const lockFile = (set: ArtifactSet): string => projectPath('pipeline/local/artifacts', set, 'lock.sha256');

/**
 * Where a set stands once it is complete. The name carries the lock's digest: another lock is another directory, so
 * that an update of the pinned versions never meets old files.
 */
function directoryOf(cacheDir: string, set: ArtifactSet): string {
  const digest = createHash('sha256')
    .update(fs.readFileSync(lockFile(set)))
    .digest('hex')
    .slice(0, 16);
  return path.join(cacheDir, 'artifacts', `${set}-${digest}`);
}

/** The sets that a start would have to fetch. */
export const missingArtifacts = (cacheDir: string): ArtifactSet[] =>
  ARTIFACT_SETS.filter((set) => !fs.existsSync(directoryOf(cacheDir, set)));

export const artifactDirectories = (cacheDir: string): ArtifactDirectories =>
  Object.fromEntries(ARTIFACT_SETS.map((set) => [set, directoryOf(cacheDir, set)])) as ArtifactDirectories;

/**
 * Makes sure that all artifacts are in the cache. Needs Maven and the network only for what is not there yet.
 * @param cacheDir directory shared by all stacks of a checkout
 * @param signal ends the work early
 * @throws SuuupraError tool_missing, artifact_unavailable, artifact_invalid
 */
export async function ensureArtifacts(cacheDir: string, signal: AbortSignal): Promise<void> {
  const missing = missingArtifacts(cacheDir);
  if (missing.length === 0) return;
  const root = path.join(cacheDir, 'artifacts');
  await fs.promises.mkdir(root, { recursive: true });
  const incoming = await fs.promises.mkdtemp(path.join(root, 'incoming-'));
  try {
    await copyDependencies(missing, incoming, signal);
    await Promise.all(missing.map((set) => admit(path.join(incoming, set), set, directoryOf(cacheDir, set))));
  } finally {
    await fs.promises.rm(incoming, { recursive: true, force: true });
  }
}

/** Verifies a set and moves it to its final place in one step, so that a directory that exists is a complete one. */
async function admit(incoming: string, set: ArtifactSet, final: string): Promise<void> {
  await verifyDirectory(incoming, parseLock(await fs.promises.readFile(lockFile(set), 'utf8')));
  for (const archive of (await fs.promises.readdir(incoming)).filter((name) => name.endsWith('.tar.gz'))) {
    await run('tar', ['-xzf', archive], { cwd: incoming });
    await fs.promises.rm(path.join(incoming, archive));
  }
  try {
    await fs.promises.rename(incoming, final);
  } catch (error) {
    // Another stack of this checkout was faster; its files passed the same checks.
    if (!fs.existsSync(final)) throw error;
  }
}
