import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireLock, lockHolder } from './lock.ts';

let directory: string;
let file: string;
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-lock-'));
  file = path.join(directory, 'supervisor.lock');
});
afterEach(() => {
  fs.rmSync(directory, { recursive: true });
});

test('a second stack on the same home is refused with the process that holds it', () => {
  const release = acquireLock(file, directory);
  expect(() => acquireLock(file, directory)).toThrow(
    expect.objectContaining({ code: 'home_in_use', details: { pid: process.pid } }),
  );
  release();
  expect(lockHolder(file)).toBeUndefined();
});

test('a lock of a dead process is taken over, also when its number has gone to another process', () => {
  fs.writeFileSync(file, JSON.stringify({ pid: process.pid, started: 'before this process' }));
  expect(lockHolder(file)).toBeUndefined();
  const release = acquireLock(file, directory);
  expect(lockHolder(file)?.pid).toBe(process.pid);
  release();
  expect(fs.readdirSync(directory)).toEqual([]);
});

test('a released lock can be taken again', () => {
  acquireLock(file, directory)();
  acquireLock(file, directory)();
  expect(fs.existsSync(file)).toBe(false);
});
