import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { promisify } from 'node:util';
import { projectPath } from '@suuupra/core';
import { missingArtifacts } from '../artifacts/resolve.ts';
import { JAVA_MIN, installedJavaVersion } from '../parts/java.ts';
import { atLeast, ok, parseVersion, type Finding } from './check.ts';

const run = promisify(execFile);

/** The first line that a program prints, or undefined if it is not installed. */
async function firstLine(program: string, ...args: string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run(program, args);
    return stdout.split('\n')[0]?.trim();
  } catch {
    return undefined;
  }
}

export function checkNode(): Finding {
  const { engines } = JSON.parse(fs.readFileSync(projectPath('package.json'), 'utf8')) as { engines: { node: string } };
  const found = process.versions.node;
  return atLeast(parseVersion(found), parseVersion(engines.node))
    ? ok('Node', found)
    : { name: 'Node', state: 'error', found, advice: `Install Node ${engines.node}.` };
}

export async function checkJava(): Promise<Finding> {
  const version = await installedJavaVersion();
  if (version !== undefined && version >= JAVA_MIN) return ok('Java', String(version));
  return {
    name: 'Java',
    state: 'error',
    found: version === undefined ? 'not installed' : String(version),
    advice: `Install Java ${String(JAVA_MIN)} or newer (Debian: apt-get install openjdk-17-jre-headless; macOS: brew install openjdk@17), or set JAVA_HOME.`,
  };
}

/** Maven fetches the artifacts; once they are in the cache it is not needed any more. */
export async function checkMaven(cacheDir: string): Promise<Finding> {
  const missing = missingArtifacts(cacheDir);
  const line = await firstLine('mvn', '--version');
  if (line !== undefined) {
    // eslint-disable-next-line no-control-regex -- Maven prints its version in bold
    return ok('Maven', line.replace(/\u001b\[[0-9;]*m/g, ''));
  }
  if (missing.length === 0) return ok('Maven', 'not installed; not needed, all artifacts are in the cache');
  return {
    name: 'Maven',
    state: 'error',
    found: `not installed; ${missing.join(', ')} must be fetched`,
    advice: 'Install Maven (Debian: apt-get install maven; macOS: brew install maven).',
  };
}

/** Go builds the backend of the data source; the stack itself runs without. */
export async function checkGo(): Promise<Finding> {
  const module = fs.readFileSync(projectPath('datasource/go.mod'), 'utf8');
  const least = /^go (\S+)$/m.exec(module)?.[1] ?? '';
  const line = await firstLine('go', 'version');
  if (line !== undefined && atLeast(parseVersion(line), parseVersion(least).slice(0, 2))) return ok('Go', line);
  return {
    name: 'Go',
    state: 'warning',
    found: line ?? 'not installed',
    advice: `Install Go ${least} or newer to build the backend of the data source (npm run build).`,
  };
}

/** On Linux the kernel ends the parts of a killed supervisor, by this program of util-linux. */
export async function checkSetpriv(): Promise<Finding> {
  if (process.platform !== 'linux') return ok('setpriv', 'not used on this system');
  const line = await firstLine('setpriv', '--version');
  if (line !== undefined) return ok('setpriv', line);
  return {
    name: 'setpriv',
    state: 'warning',
    found: 'not installed',
    advice:
      'Install util-linux: without it the parts outlive a supervisor that is killed with -9, until the next `suuupra up` or `down`.',
  };
}
