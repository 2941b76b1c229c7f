/**
 * The real stack that integration and browser tests run on: started once per run on free ports in a temporary home, and
 * deleted at the end. SUUUPRA_TEST_STACK names the home of a running one instead (fast while one works on tests).
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PORT_NAMES, SETTINGS, loadConfig, projectPath } from '@suuupra/core';
import { findPortBase, stackStatus, stopStack } from '@suuupra/local';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    stackHome: string;
  }
}

interface TestStack {
  readonly home: string;
  readonly stop: () => Promise<void>;
}

/** Vitest sets up every project of a run on its own, in one process: all of them share one stack. */
interface Shared {
  users: number;
  stack: Promise<TestStack>;
}
const shared = globalThis as { suuupraTestStack?: Shared };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const use = (shared.suuupraTestStack ??= { users: 0, stack: openStack() });
  use.users++;
  const { home, stop } = await use.stack;
  project.provide('stackHome', home);
  return async () => {
    use.users--;
    if (use.users === 0) await stop();
  };
}

/** Variables that may stay as they are: they say where files are and what is logged, not where a server is. */
const KEPT = new Set<string>([SETTINGS.cacheDir.env, SETTINGS.logLevel.env]);

async function openStack(): Promise<TestStack> {
  const { testStack } = loadConfig();
  // Whatever the shell points at, tests write only to the stack that they are given.
  for (const { env } of Object.values(SETTINGS)) if (!KEPT.has(env)) Reflect.deleteProperty(process.env, env);
  if (testStack !== undefined) {
    process.env[SETTINGS.home.env] = testStack;
    const running = await stackStatus(loadConfig().home);
    if (running?.state !== 'ready') throw new Error(`${SETTINGS.testStack.env}: no stack is ready in ${testStack}`);
    return { home: running.home, stop: () => Promise.resolve() };
  }
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-test-'));
  process.env[SETTINGS.home.env] = home;
  process.env[SETTINGS.portBase.env] = String(await findPortBase(PORT_NAMES.length));
  await waitReady(start());
  return {
    home,
    stop: async () => {
      await stopStack(home);
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The stack as a child that stops when this process dies, however it dies: `up --detach` would outlive it. */
function start(): ChildProcess {
  const command = [process.execPath, projectPath('pipeline/cli/bin/suuupra.mjs'), 'up'];
  const wrapper = ['setpriv', '--pdeathsig', 'TERM'];
  const [file, ...args] = hasSetpriv() ? [...wrapper, ...command] : command;
  return spawn(file as string, args, { stdio: ['ignore', 'pipe', 'pipe'] });
}

const hasSetpriv = (): boolean => spawnSync('setpriv', ['--version']).status === 0;

function waitReady(child: ChildProcess): Promise<void> {
  let output = '';
  return new Promise((resolve, reject) => {
    const onOutput = (chunk: Buffer): void => {
      output += chunk.toString();
      const ready = /^ready after .*$/m.exec(output);
      if (!ready) return;
      child.stdout?.off('data', onOutput).resume();
      child.stderr?.off('data', onOutput).resume();
      console.log(`stack: ${ready[0]}`);
      resolve();
    };
    child.stdout?.on('data', onOutput);
    child.stderr?.on('data', onOutput);
    child.once('error', reject);
    child.once('exit', () => {
      reject(new Error(`the stack did not start:\n${output}`));
    });
  });
}
