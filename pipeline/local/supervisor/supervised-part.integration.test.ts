import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Part } from '../parts/part.ts';
import { identify, isAlive } from '../process/identity.ts';
import { SupervisedPart } from './supervised-part.ts';

let directory: string;
let part: SupervisedPart | undefined;
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-part-'));
});
afterEach(async () => {
  await part?.stop(true);
  fs.rmSync(directory, { recursive: true });
});

/** A part that runs a script in Node and works as soon as it has said so. */
function supervise(script: string, change: Partial<Part> = {}): SupervisedPart {
  const spec: Part = {
    name: 'sample',
    summary: 'sample',
    ports: [],
    dependsOn: [],
    launch: () => ({ file: process.execPath, args: ['-e', script] }),
    ready: async ({ output }) => (await output()).includes('works'),
    healthy: () => Promise.resolve(true),
    stopSignal: 'SIGTERM',
    stopGraceMs: 5000,
    ...change,
  };
  const observer = { changed: () => undefined, ready: () => undefined, failed: () => undefined };
  part = new SupervisedPart(spec, path.join(directory, 'sample.log'), directory, observer);
  return part;
}

const RUN = "console.log('works'); setInterval(() => {}, 1000);";

test('a part that is killed is started again, and the fact is kept', async () => {
  const sample = supervise(RUN);
  await sample.start();
  const first = sample.process?.pid as number;
  process.kill(first, 'SIGKILL');
  await vi.waitFor(() => {
    expect(sample.snapshot()).toMatchObject({ state: 'ready', restarts: 1, lastFailure: 'signal SIGKILL' });
  }, 10_000);
  expect(sample.process?.pid).not.toBe(first);
});

test('a part that never works is given up after three tries, with its last words', async () => {
  const sample = supervise("console.error('Error: no disk'); process.exit(3)");
  await expect(sample.start()).rejects.toMatchObject({
    code: 'part_failed',
    message: 'sample did not start: exit code 3: Error: no disk',
  });
  expect(sample.snapshot()).toMatchObject({ state: 'failed', restarts: 2 });
});

test('a program that is not there is named', async () => {
  const sample = supervise('', { launch: () => ({ file: '/no/such/program', args: [] }) });
  await expect(sample.start()).rejects.toThrow(/no\/such\/program/);
});

test('a part is stopped by its own signal', async () => {
  const sample = supervise(`process.on('SIGTERM', () => { console.log('saved'); process.exit(0) }); ${RUN}`);
  await sample.start();
  await sample.stop();
  expect(fs.readFileSync(path.join(directory, 'sample.log'), 'utf8')).toContain('saved');
  expect(sample.snapshot()).toMatchObject({ state: 'stopped', pid: null });
});

test('a part that does not listen is killed when its time is over', async () => {
  const sample = supervise(`process.on('SIGTERM', () => {}); ${RUN}`, { stopGraceMs: 200 });
  await sample.start();
  await sample.stop();
  expect(sample.process).toBeUndefined();
});

test('a part that waits to be started again is stopped at once', async () => {
  const sample = supervise(RUN);
  await sample.start();
  process.kill(sample.process?.pid as number, 'SIGKILL');
  await vi.waitFor(() => {
    expect(sample.snapshot().state).toBe('restarting');
  });
  await sample.stop();
  expect(sample.snapshot()).toMatchObject({ state: 'stopped', pid: null });
});

test('what a part started itself ends with it, even if the part is killed', async () => {
  const script = `const child = require('node:child_process').spawn('sleep', ['600']); console.log('child', child.pid, 'works'); setInterval(() => {}, 1000);`;
  const sample = supervise(script);
  await sample.start();
  const log = fs.readFileSync(path.join(directory, 'sample.log'), 'utf8');
  const child = identify(Number(/child (\d+)/.exec(log)?.[1]));
  if (!child) throw new Error('the part has no child');
  process.kill(sample.process?.pid as number, 'SIGKILL');
  await vi.waitFor(() => {
    expect(isAlive(child)).toBe(false);
  });
});

test('a part that stops answering is shown as unhealthy until it answers again', async () => {
  let healthy = false;
  const sample = supervise(RUN, { healthy: () => Promise.resolve(healthy) });
  await sample.start();
  await vi.waitFor(() => {
    expect(sample.snapshot().state).toBe('unhealthy');
  }, 15_000);
  healthy = true;
  await vi.waitFor(() => {
    expect(sample.snapshot().state).toBe('ready');
  }, 15_000);
});

test('memory and process are shown as the system has them', async () => {
  const sample = supervise(RUN);
  await sample.start();
  const { pid, memoryBytes } = sample.snapshot();
  const rss = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;
  expect(memoryBytes).toBeGreaterThan(rss / 2);
  expect(memoryBytes).toBeLessThan(rss * 2);
});
