import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { SuuupraError } from '@suuupra/core';

const run = promisify(execFile);

/** Kafka 4 needs 17; Flink 2.2 is supported on 17 and 21. */
export const JAVA_MIN = 17;

/** The `java` program: of JAVA_HOME where that is set, else of the search path. */
export const javaProgram = (): string => {
  const home = process.env.JAVA_HOME;
  return home !== undefined && fs.existsSync(path.join(home, 'bin/java')) ? path.join(home, 'bin/java') : 'java';
};

/** The major version in the text of `java -version`, for example 17 of `openjdk version "17.0.15"`; 8 is "1.8". */
export function parseJavaVersion(text: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(text);
  return match ? Number(match[1]) : undefined;
}

/** The major version of the installed Java, or undefined if there is none. */
export async function installedJavaVersion(): Promise<number | undefined> {
  try {
    const { stderr } = await run(javaProgram(), ['-version']);
    return parseJavaVersion(stderr);
  } catch {
    return undefined;
  }
}

/** @throws SuuupraError tool_missing */
export async function assertJava(): Promise<void> {
  const version = await installedJavaVersion();
  if (version !== undefined && version >= JAVA_MIN) return;
  const found = version === undefined ? 'Java is not installed' : `Java ${String(version)} is too old`;
  throw new SuuupraError('tool_missing', `${found}; the stack needs Java ${String(JAVA_MIN)} or newer`, {
    hint: 'Install it (Debian: `apt-get install openjdk-17-jre-headless`; macOS: `brew install openjdk@17`), or set JAVA_HOME.',
  });
}

/**
 * Options that every JVM of the stack gets.
 * @param log4jFile configuration of log4j
 * @param temporary directory for what it unpacks
 */
export const commonJavaOptions = (log4jFile: string, temporary: string): string[] => [
  '-XX:+UseSerialGC', // several small JVMs share few cores
  '-XX:+ExitOnOutOfMemoryError', // a dead part is restarted, a half-dead one is not
  '-XX:-UsePerfData',
  '-Djava.awt.headless=true',
  '-Djava.net.preferIPv4Stack=true',
  '-Duser.timezone=UTC',
  '-Dfile.encoding=UTF-8',
  `-Djava.io.tmpdir=${temporary}`,
  `-Dlog4j2.configurationFile=${log4jFile}`,
];

/** A class path of all jars of a directory. */
export const jarsOf = (directory: string): string => path.join(directory, '*');

/** Empties a directory, or makes it. */
export async function emptyDirectory(directory: string): Promise<void> {
  await fs.promises.rm(directory, { recursive: true, force: true });
  await fs.promises.mkdir(directory, { recursive: true });
}
