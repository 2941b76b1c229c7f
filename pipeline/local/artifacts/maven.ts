import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SuuupraError, errorMessage, projectPath } from '@suuupra/core';

const run = promisify(execFile);

/** Long enough for 400 MB over a slow line. */
const TIMEOUT_MS = 30 * 60_000;

/**
 * Resolves modules of artifacts/pom.xml with Maven and copies their files.
 * @param modules names of modules
 * @param directory receives one folder per module
 * @param signal ends Maven early
 * @throws SuuupraError tool_missing, artifact_unavailable
 */
export async function copyDependencies(
  modules: readonly string[],
  directory: string,
  signal?: AbortSignal,
): Promise<void> {
  const args = ['--batch-mode', '--quiet', '--no-transfer-progress', '--threads', '3'];
  args.push('--file', projectPath('pipeline/local/artifacts/pom.xml'), '--projects', modules.join(','));
  args.push(`-Dartifacts.dir=${directory}`, 'dependency:copy-dependencies');
  try {
    await run('mvn', args, { timeout: TIMEOUT_MS, maxBuffer: 1 << 24, ...(signal && { signal }) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new SuuupraError('tool_missing', 'Maven (`mvn`) is not installed', {
        hint: 'Install it (Debian: `apt-get install maven`; macOS: `brew install maven`); it is needed for the first start only.',
      });
    throw new SuuupraError('artifact_unavailable', `Maven could not fetch ${modules.join(', ')}: ${causeOf(error)}`, {
      cause: error,
    });
  }
}

/** The first line in which Maven names an error; it repeats it many times with advice around it. */
function causeOf(error: unknown): string {
  const output = (error as { stdout?: string }).stdout ?? '';
  const line = output.split('\n').find((text) => text.includes('ERROR'));
  // eslint-disable-next-line no-control-regex -- Maven colours its output even in batch mode
  return line?.replace(/\u001b\[[0-9;]*m/g, '').replace(/^\[ERROR\]\s*/, '') ?? errorMessage(error);
}
