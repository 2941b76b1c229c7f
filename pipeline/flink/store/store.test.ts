import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from './lock.ts';
import { EMPTY_RECORD } from './records.ts';
import { JobStore } from './store.ts';

let home: string;
beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-store-'));
});
afterEach(() => {
  fs.rmSync(home, { recursive: true });
});

const STOPPED = { at: '2026-01-01T00:00:00.000Z', by: 'me', savepoint: 'file:/s' };

describe('JobStore', () => {
  it('knows nothing at first and remembers what it is told, also in another process', () => {
    expect(new JobStore({ home }).record('a')).toEqual(EMPTY_RECORD);
    new JobStore({ home }).update('a', { stopped: STOPPED });
    new JobStore({ home }).update('b', { checkpoint: 'file:/c' });
    const again = new JobStore({ home });
    expect(again.record('a')).toEqual({ ...EMPTY_RECORD, stopped: STOPPED });
    expect(again.names()).toEqual(['a', 'b']);
  });

  it('says so when its file was damaged, and never begins anew in silence', () => {
    const store = new JobStore({ home });
    store.update('a', { stopped: STOPPED });
    fs.writeFileSync(store.paths.state, '{"jobs": {"a": {}}}');
    expect(() => store.record('a')).toThrow(`${store.paths.state} cannot be read`);
  });

  it('keeps the history in order and leaves out a line that a crash cut off', () => {
    const store = new JobStore({ home });
    store.log({ job: 'a', event: 'submitted', version: 1 });
    store.log({ job: 'b', event: 'submitted' });
    fs.appendFileSync(store.paths.history, '{"at":"2026');
    expect(store.history().map(({ job }) => job)).toEqual(['a', 'b']);
    expect(store.history('a')).toEqual([expect.objectContaining({ job: 'a', event: 'submitted', version: 1 })]);
  });
});

describe('withLock', () => {
  it('lets one process at a time change jobs, and the next one after it', async () => {
    const file = path.join(home, 'lock');
    await withLock(file, async () => {
      await expect(withLock(file, () => Promise.resolve())).rejects.toMatchObject({ code: 'jobs_locked' });
    });
    await expect(withLock(file, () => Promise.resolve(1))).resolves.toBe(1);
  });

  it('takes over the lock of a process that died', async () => {
    const file = path.join(home, 'lock');
    fs.writeFileSync(file, '2147483646');
    await expect(withLock(file, () => Promise.resolve(1))).resolves.toBe(1);
    expect(fs.existsSync(file)).toBe(false);
  });
});
