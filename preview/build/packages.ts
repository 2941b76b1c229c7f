import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { run } from './run.ts';
import { type Stack } from './paths.ts';

const hash = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/**
 * Installs the packages of Grafana 10.1 from their own lock file. They are apart from the workspaces, which hold those
 * of 13.2: one tree cannot have both, since @grafana/ui needs its own @grafana/data, React and router beside it.
 */
export async function installPackages({ packages }: Stack): Promise<void> {
  const lock = path.join(packages, 'package-lock.json');
  const note = path.join(packages, 'node_modules', '.installed-lock');
  const wanted = hash(lock);
  if (existsSync(note) && readFileSync(note, 'utf8') === wanted) return;
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], packages);
  await writeFile(note, wanted);
}

/** The exact version of @grafana/ui of a stack. */
export function grafanaVersion({ packages }: Stack): string {
  const file = path.join(packages, 'node_modules', '@grafana', 'ui', 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
