import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './plugins.ts';

const manifest = JSON.parse(fs.readFileSync(path.join(ROOT, 'plugin/package.json'), 'utf8')) as { version: string };

/** The day of the build, or that of SOURCE_DATE_EPOCH, by which builds are repeated to the byte. */
function today(): string {
  const epoch = process.env['SOURCE_DATE_EPOCH'];
  const date = epoch === undefined ? new Date() : new Date(Number(epoch) * 1000);
  return date.toISOString().slice(0, 10);
}

/** Replaces %VERSION% and %TODAY% in a text file of the bundle. */
export function fillIn(content: Buffer): string {
  return content.toString('utf8').replaceAll('%VERSION%', manifest.version).replaceAll('%TODAY%', today());
}
