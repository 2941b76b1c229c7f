/** `npx tsx pipeline/local/artifacts/write-locks.ts` pins what the poms resolve to now; the diff is what to review. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { digestDirectory, renderLock } from './checksums.ts';
import { copyDependencies } from './maven.ts';
import { ARTIFACT_SETS, lockFile } from './resolve.ts';

const directory = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'suuupra-locks-'));
try {
  await copyDependencies(ARTIFACT_SETS, directory);
  for (const set of ARTIFACT_SETS) {
    const lock = await digestDirectory(path.join(directory, set));
    await fs.promises.writeFile(lockFile(set), renderLock(lock));
    console.log(`${path.relative(process.cwd(), lockFile(set))}: ${String(lock.size)} files`);
  }
} finally {
  await fs.promises.rm(directory, { recursive: true, force: true });
}
