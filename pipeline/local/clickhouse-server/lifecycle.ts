import { once } from 'node:events';
import fs from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { SuuupraError, type Logger } from '@suuupra/core';
import { loadAddon } from './addon.ts';
import { Admission } from './admission.ts';
import type { Credentials } from './auth.ts';
import { Engine } from './engine.ts';
import { writeEngineConfig } from './engine-config.ts';
import type { Options } from './options.ts';
import { Pipes } from './pipes.ts';
import type { Shared } from './query.ts';
import { Running } from './running.ts';
import { createServer } from './server.ts';
import { Sessions } from './sessions.ts';
import { MAX_RUNNING, MAX_WAIT, MAX_WAITING } from './threads.ts';

/** Milliseconds in which running queries may finish before they are killed. */
const GRACE = 3000;
/** Milliseconds in which killed queries must have ended. */
const LAST = 5000;

export interface RunningServer {
  readonly port: number;
  readonly version: string;
  /** Takes no more queries, lets the running ones finish for a while, kills the rest and closes the engine. */
  stop(): Promise<void>;
}

/** Opens the engine on its directory and listens. @throws SuuupraError home_in_use, port_taken, part_failed */
export async function start(options: Options, credentials: Credentials, log: Logger): Promise<RunningServer> {
  const { dataDirectory } = options;
  fs.mkdirSync(dataDirectory, { recursive: true });
  // beside the engine's own folders in its directory, so that a killed process leaves nothing elsewhere
  const own = path.join(dataDirectory, '.server', String(process.pid));
  const engine = new Engine(
    loadAddon(),
    dataDirectory,
    writeEngineConfig(path.join(own, 'config'), options.configFile),
  );
  const shared: Shared = {
    engine,
    facts: await engine.facts(),
    pipes: new Pipes(path.join(own, 'pipes')),
    sessions: new Sessions(engine),
    running: new Running(engine),
    admission: new Admission(MAX_RUNNING, MAX_WAITING, MAX_WAIT),
  };
  removeLeftovers(path.dirname(own), String(process.pid));
  const server = createServer(shared, credentials, log);
  await listen(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    version: shared.facts.version,
    stop: async () => {
      await stop(server, shared);
      fs.rmSync(own, { recursive: true, force: true });
    },
  };
}

/** Folders of processes that were killed; the engine's lock says that none of them lives. */
function removeLeftovers(directory: string, own: string): void {
  for (const name of fs.readdirSync(directory))
    if (name !== own) fs.rmSync(path.join(directory, name), { recursive: true, force: true });
}

async function listen(server: Server, options: Options): Promise<void> {
  server.listen(options.port, options.host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new SuuupraError('port_taken', `Cannot listen on ${options.host}:${String(options.port)}`, { cause });
  }
}

async function stop(server: Server, shared: Shared): Promise<void> {
  server.close();
  server.closeIdleConnections();
  await until(() => shared.running.size === 0, GRACE);
  shared.running.cancelAll();
  const ended = await until(() => shared.running.size === 0, LAST);
  server.closeAllConnections();
  if (!ended) throw new SuuupraError('internal', 'A query did not end; closing its connection would hang');
  shared.sessions.closeAll();
  shared.engine.shutdown();
}

async function until(condition: () => boolean, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (!condition() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  return condition();
}
