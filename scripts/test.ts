import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PROJECT_ROOT, projectPath } from '@suuupra/core';
import { ensureChromium } from './chromium.ts';
import { endOnSignal, run } from './run.ts';
import { addResults, emptyResults, readGo, readVitest, type Results } from './test-results.ts';

/** Folders with a Go module of ours. */
const GO_MODULES = ['datasource', 'preview/host', 'tests/compose'].filter((dir) =>
  fs.existsSync(projectPath(dir, 'go.mod')),
);

endOnSignal();
const total = emptyResults();
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-test-'));

async function section(title: string, work: () => Promise<Results>): Promise<void> {
  const start = Date.now();
  console.log(`\n── ${title}`);
  const results = await work();
  addResults(total, results);
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`── ${title}: ${String(results.passed)} passed, ${String(results.failed)} failed (${seconds} s)`);
}

/** A program whose exit code is the verdict counts as one test. */
async function check(name: string, command: string, args: string[], cwd?: string): Promise<Results> {
  const { ok } = await run(command, args, cwd === undefined ? {} : { cwd });
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, failures: ok ? [] : [name], skipped: [] };
}

async function vitest(project: string): Promise<Results> {
  const file = path.join(scratch, `${project}.json`);
  await run('npx', [
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${file}`,
  ]);
  if (!fs.existsSync(file))
    return { passed: 0, failed: 1, failures: [`vitest ${project} did not finish`], skipped: [] };
  return readVitest(JSON.parse(fs.readFileSync(file, 'utf8')) as Parameters<typeof readVitest>[0], PROJECT_ROOT);
}

/** Never from Go's cache: it does not see changes of files outside the module, which the tests read. */
async function go(module: string): Promise<Results> {
  const { ok, output } = await run('go', ['test', '-json', '-count=1', './...'], {
    cwd: projectPath(module),
    quiet: true,
  });
  const results = readGo(output);
  if (!ok && results.failed === 0) {
    results.failed = 1;
    results.failures.push(`go test in ${module}: ${output.trim().split('\n').at(-1) ?? ''}`);
  }
  for (const failure of results.failures) console.log(`  failed: ${failure}`);
  return results;
}

/** Chromium, so that pages are tried in a real browser. */
async function browser(): Promise<Results> {
  const problem = await ensureChromium();
  if (problem === undefined) return emptyResults();
  return { passed: 0, failed: 1, failures: [problem], skipped: [] };
}

const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);
const wanted = (name: string): boolean => only === undefined || only.split(',').includes(name);

if (wanted('lint'))
  await section('Lint and types', async () => {
    const results = emptyResults();
    addResults(results, await check('lint', 'npm', ['run', '--silent', 'lint']));
    addResults(results, await check('typecheck', 'npm', ['run', '--silent', 'typecheck']));
    return results;
  });
if (wanted('unit')) await section('Unit tests', () => vitest('unit'));
if (wanted('build')) await section('Build', () => check('build', 'npm', ['run', '--silent', 'build']));
if (wanted('go')) for (const module of GO_MODULES) await section(`Go tests of ${module}`, () => go(module));
if (wanted('integration')) await section('Integration tests on a real stack', () => vitest('integration'));
if (wanted('browser')) {
  await section('Chromium', browser);
  await section('Browser tests', () => vitest('browser'));
}
if (process.argv.includes('--long')) await section('Long tests', () => vitest('long'));

fs.rmSync(scratch, { recursive: true, force: true });
if (total.skipped.length > 0) console.log(`\nSkipped:\n${total.skipped.map((name) => `  ${name}`).join('\n')}`);
if (total.failures.length > 0) console.log(`\nFailed:\n${total.failures.map((name) => `  ${name}`).join('\n')}`);
console.log(`\n${String(total.passed)} passed, ${String(total.failed)} failed`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
