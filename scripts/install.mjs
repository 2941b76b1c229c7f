// What a fresh checkout needs before TypeScript can run: the packages of package-lock.json. Plain Node, no imports of ours.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const MINIMUM_NODE = [20, 19];

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return;
  console.error(`Node ${MINIMUM_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`);
  process.exit(1);
}

/** npm writes node_modules/.package-lock.json last; older than the lock file means that an install is due. */
function installIsDue() {
  const modified = (file) => fs.statSync(path.join(ROOT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return modified('node_modules/.package-lock.json') < modified('package-lock.json');
}

/** Installs the packages when they are missing or older than the lock file. Ends the process where that fails. */
export function installPackages() {
  checkNode();
  if (!installIsDue()) return;
  console.log('Installing packages (npm ci) …');
  const run = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: ROOT, stdio: 'inherit' });
  if (run.status !== 0) {
    console.error('npm ci failed; its message is above.');
    process.exit(run.status ?? 1);
  }
  // npm keeps an unchanged hidden lock file as it is: mark that this install is newer than the lock file
  const stamp = path.join(ROOT, 'node_modules/.package-lock.json');
  if (fs.existsSync(stamp)) fs.utimesSync(stamp, new Date(), new Date());
}
