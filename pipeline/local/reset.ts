import fs from 'node:fs';
import path from 'node:path';
import { assertDisposable, homePaths } from './home.ts';
import { stopStack } from './supervisor/control-client.ts';

/** The bytes of all files below a directory, or undefined where no stack has ever run in it. */
export function homeSize(home: string): number | undefined {
  if (!fs.existsSync(homePaths(home).note)) return undefined;
  let bytes = 0;
  for (const entry of fs.readdirSync(home, { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      bytes += fs.lstatSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  return bytes;
}

/**
 * Stops the stack of a home and deletes the home with all data in it. The cache of artifacts stays.
 * @throws SuuupraError config_invalid for a directory that holds more than a stack
 */
export async function resetHome(home: string): Promise<void> {
  assertDisposable(home);
  await stopStack(home);
  await fs.promises.rm(home, { recursive: true, force: true, maxRetries: 3 });
}
