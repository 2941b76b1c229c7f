import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { copyAssets } from './assets.ts';
import { grafanaVersion, installPackages } from './packages.ts';
import { buildMonacoWorkers, buildPage } from './page.ts';
import { DIST, HOST_BINARY, PREVIEW, type Stack, STACKS } from './paths.ts';
import { run } from './run.ts';

/** Builds the Go host. Without a Go toolchain this fails and says so: the pages alone show nothing. */
const buildHost = (): Promise<void> =>
  run('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', HOST_BINARY, '.'], path.join(PREVIEW, 'host'));

async function buildStack(stack: Stack): Promise<void> {
  if (stack.generation === '10') await installPackages(stack);
  await rm(path.join(DIST, stack.generation), { recursive: true, force: true });
  await buildPage(stack);
  if (stack.generation === '13') await buildMonacoWorkers(stack);
}

async function buildPages(): Promise<void> {
  await Promise.all(STACKS.map(buildStack));
  await copyAssets();
  const versions = Object.fromEntries(STACKS.map((stack) => [stack.generation, grafanaVersion(stack)]));
  await writeFile(path.join(DIST, 'versions.json'), `${JSON.stringify(versions, null, 2)}\n`);
}

const started = performance.now();
const only = process.argv[2];
await mkdir(DIST, { recursive: true });
await Promise.all([only === 'host' ? undefined : buildPages(), only === 'pages' ? undefined : buildHost()]);
console.log(`preview: built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
