import fs from 'node:fs';
import path from 'node:path';
import webpack from 'webpack';
import { configurations } from '../webpack.config.ts';
import { ALL_TARGETS, buildBackend, ownTarget } from './backend.ts';
import { DIST } from './plugins.ts';

/**
 * Builds plugin/dist: the app, with the data source and the panels nested in it, and the backend.
 *
 *     build.ts            both, the backend for this machine
 *     build.ts --all      both, the backend for every machine of a release
 *     build.ts bundle     the frontend only
 *     build.ts backend    the backend only (with --all: for every machine)
 *     build.ts watch      the frontend, again on each change
 */
const [what = 'both'] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const all = process.argv.includes('--all');

/** Empties the bundle, but for the backends: the frontend is built more often. */
function emptyBundle(): void {
  fs.mkdirSync(DIST, { recursive: true });
  for (const file of fs.readdirSync(DIST, { recursive: true, encoding: 'utf8' })) {
    const full = path.join(DIST, file);
    if (path.basename(file).startsWith('gpx_') || !fs.statSync(full).isFile()) continue;
    fs.rmSync(full);
  }
}

function report(error: Error | null, stats: webpack.MultiStats | undefined): boolean {
  if (error !== null) throw error;
  if (stats === undefined) return false;
  const text = stats.toString({ preset: 'errors-warnings', colors: process.stdout.isTTY });
  if (stats.hasErrors() || stats.hasWarnings()) console.log(text);
  return !stats.hasErrors();
}

function bundle(): Promise<void> {
  emptyBundle();
  const compiler = webpack(configurations(true));
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      compiler.close(() => {
        if (report(error, stats)) resolve();
        else reject(new Error('the frontend was not built'));
      });
    });
  });
}

async function backend(): Promise<void> {
  for (const target of all ? ALL_TARGETS : [await ownTarget()]) {
    const file = await buildBackend(target);
    console.log(`${path.relative(DIST, file)} ${(fs.statSync(file).size / 2 ** 20).toFixed(1)} MB`);
  }
}

if (what === 'watch') {
  emptyBundle();
  webpack(configurations(false)).watch({}, (error, stats) => {
    if (report(error, stats)) console.log(`built at ${new Date().toLocaleTimeString()}`);
  });
} else if (['both', 'bundle', 'backend'].includes(what)) {
  try {
    if (what !== 'backend') await bundle();
    if (what !== 'bundle') await backend();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
} else {
  console.error(`build.ts takes bundle, backend or watch, not ${what}`);
  process.exit(1);
}
