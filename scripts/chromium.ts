import fs from 'node:fs';
import process from 'node:process';
import { run } from './run.ts';

export const CHROMIUM = '/usr/bin/chromium';

/**
 * Installs Chromium from Debian's packages where it is missing.
 * @returns undefined when it is there, else what stands in the way and what to do
 */
export async function ensureChromium(): Promise<string | undefined> {
  if (fs.existsSync(CHROMIUM)) return undefined;
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = async (...args: string[]): Promise<boolean> => {
    const [command = 'apt-get', ...rest] = [...asRoot, 'apt-get', ...args];
    return (await run(command, rest, { env: { DEBIAN_FRONTEND: 'noninteractive' }, quiet: true })).ok;
  };
  console.log('Installing Chromium from the packages of Debian …');
  const done =
    (await apt('update')) && (await apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'));
  if (done && fs.existsSync(CHROMIUM)) return undefined;
  return `Chromium is missing and could not be installed: run "apt-get install chromium" as root (${CHROMIUM} is looked for)`;
}
