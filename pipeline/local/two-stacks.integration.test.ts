import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PORT_NAMES, loadConfig, type Config } from '@suuupra/core';
import { withAdmin } from '@suuupra/producer';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startCommand, suuupra } from '../../tests/command.ts';
import { homePaths } from './home.ts';
import { findPortBase } from './ports/probe.ts';
import { isAlive, type ProcessIdentity } from './process/identity.ts';
import { stackStatus } from './supervisor/control-client.ts';
import { lockHolder } from './supervisor/lock.ts';
import { readNote } from './supervisor/note.ts';

/** The stack of this test run, and a second one that is stopped in every way there is. */
const first = loadConfig();
let second: Config;
const call = (...args: string[]) =>
  suuupra(args, { SUUUPRA_HOME: second.home, SUUUPRA_PORT_BASE: String(second.portBase) });

beforeAll(async () => {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-second-'));
  second = loadConfig({ ...process.env }, { home, portBase: await findPortBase(PORT_NAMES.length) });
  const { code, stderr } = await call('up', '--detach', '--no-bootstrap');
  expect([code, stderr]).toEqual([0, '']);
});
afterAll(async () => {
  await call('reset', '--yes');
  expect(fs.existsSync(second.home)).toBe(false);
});

/** All processes of the second stack as they are noted. */
const noted = (): readonly ProcessIdentity[] => readNote(homePaths(second.home).note)?.processes ?? [];
const topics = (config: Config): Promise<string[]> => withAdmin(config, (admin) => admin.listTopics());
const clickhouse = async (config: Config, query: string): Promise<string> => {
  const response = await fetch(config.clickhouseUrl, { method: 'POST', body: query });
  return (await response.text()).trim();
};

test('two stacks run side by side and share nothing', async () => {
  await withAdmin(second, (admin) => admin.createTopics({ topics: [{ topic: 'only-second' }], waitForLeaders: true }));
  expect(await topics(second)).toEqual(['only-second']);
  expect(await topics(first)).not.toContain('only-second');
  await clickhouse(second, 'CREATE TABLE kept (id UInt8) ENGINE = MergeTree ORDER BY id');
  await clickhouse(second, 'INSERT INTO kept VALUES (7)');
  expect(await clickhouse(first, 'EXISTS TABLE kept')).toBe('0');
});

test('a supervisor that is killed leaves no process behind, and the next `up` has all data', async () => {
  const processes = noted();
  expect(processes).toHaveLength(6);
  const supervisor = lockHolder(homePaths(second.home).lock);
  process.kill(supervisor?.pid as number, 'SIGKILL');
  await vi.waitFor(() => {
    expect(processes.filter(isAlive)).toEqual([]);
  }, 10_000);
  expect(await stackStatus(second.home)).toBeUndefined();

  const { code, stderr } = await call('up', '--detach', '--no-bootstrap');
  expect([code, stderr]).toEqual([0, '']);
  expect(await topics(second)).toContain('only-second');
  expect(await clickhouse(second, 'SELECT id FROM kept')).toBe('7');
});

test('`down` stops everything in order; a second `down` and `status` say that nothing runs', async () => {
  const processes = noted();
  expect(await call('down')).toMatchObject({ code: 0, stdout: `stopped: ${second.home}\n` });
  expect(processes.filter(isAlive)).toEqual([]);
  expect(noted()).toEqual([]);
  expect(await call('down')).toMatchObject({ code: 0, stdout: `no stack runs here: ${second.home}\n` });
  const status = await call('status');
  expect(status.code).toBe(1);
  expect(status.stderr).toMatch(/^stack_not_running: /);
});

test('Ctrl-C ends `up` in the foreground with everything that it started', async () => {
  const child = startCommand(['up', '--no-bootstrap'], {
    SUUUPRA_HOME: second.home,
    SUUUPRA_PORT_BASE: String(second.portBase),
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await vi.waitFor(
    () => {
      expect(output).toMatch(/^ready after /m);
    },
    { timeout: 120_000, interval: 200 },
  );
  const processes = noted();
  expect(processes).toHaveLength(6);
  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(0);
  expect(processes.filter(isAlive)).toEqual([]);
  expect(output).toMatch(/stack: stopped\n$/);
});

test('Ctrl-C in the middle of a detached start stops what was started', async () => {
  const child = startCommand(['up', '--detach', '--no-bootstrap'], {
    SUUUPRA_HOME: second.home,
    SUUUPRA_PORT_BASE: String(second.portBase),
  });
  await vi.waitFor(() => {
    expect(noted().length).toBeGreaterThan(0);
  }, 20_000);
  const processes = noted();
  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(1);
  await vi.waitFor(() => {
    expect(processes.filter(isAlive)).toEqual([]);
    expect(lockHolder(homePaths(second.home).lock)).toBeUndefined();
  }, 20_000);
});
