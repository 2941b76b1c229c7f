import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { SuuupraError, errorMessage, projectPath, type Config } from '@suuupra/core';

const run = promisify(execFile);

const SOURCES = projectPath('pipeline', 'flink', 'java');
const JAR = 'suuupra-flink.jar';
const TIMEOUT_MS = 15 * 60_000;

/**
 * The jar of what Flink SQL lacks, built from pipeline/flink/java the first time and whenever its sources change.
 * @returns its path in the cache
 * @throws SuuupraError tool_missing, artifact_unavailable
 */
export async function buildLibrary(config: Pick<Config, 'cacheDir'>): Promise<string> {
  const directory = path.join(config.cacheDir, 'flink-library');
  const final = path.join(directory, `suuupra-flink-${sourcesDigest()}.jar`);
  if (fs.existsSync(final)) return final;
  await fs.promises.mkdir(directory, { recursive: true });
  const build = await fs.promises.mkdtemp(path.join(directory, 'build-'));
  try {
    await maven(build);
    await fs.promises.rename(path.join(build, JAR), final);
  } finally {
    await fs.promises.rm(build, { recursive: true, force: true });
  }
  return final;
}

/**
 * Puts the library where the SQL Gateway finds it as well.
 * @param directory one that this process and the SQL Gateway both see under this path
 * @returns its path there
 */
export async function installLibrary(config: Pick<Config, 'cacheDir'>, directory: string): Promise<string> {
  const built = await buildLibrary(config);
  const installed = path.join(directory, path.basename(built));
  if (fs.existsSync(installed)) return installed;
  await fs.promises.mkdir(directory, { recursive: true });
  const draft = `${installed}.${String(process.pid)}`;
  await fs.promises.copyFile(built, draft);
  await fs.promises.rename(draft, installed);
  return installed;
}

async function maven(build: string): Promise<void> {
  const args = ['--batch-mode', '--quiet', '--no-transfer-progress', '--file', path.join(SOURCES, 'pom.xml')];
  try {
    await run('mvn', [...args, `-Dbuild.dir=${build}`, 'package'], { timeout: TIMEOUT_MS, maxBuffer: 1 << 24 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new SuuupraError('tool_missing', 'Maven (`mvn`) is not installed', {
        hint: 'Install it (Debian: `apt-get install maven`; macOS: `brew install maven`).',
      });
    const output = (error as { stdout?: string }).stdout ?? '';
    const line = output.split('\n').find((text) => text.includes('ERROR'));
    throw new SuuupraError('artifact_unavailable', `Maven could not build ${SOURCES}: ${line ?? errorMessage(error)}`, {
      cause: error,
    });
  }
}

/** Of all sources, so that an update of the checkout never runs with an old library. */
function sourcesDigest(): string {
  const hash = createHash('sha256');
  const files = fs.readdirSync(SOURCES, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const file of files.map((entry) => path.join(entry.parentPath, entry.name)).sort())
    hash.update(path.relative(SOURCES, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}
