import path from 'node:path';
import { errorMessage, type Config } from '@suuupra/core';
import { homePaths, prepareHome } from '../home.ts';
import { serveControl } from './control-server.ts';
import { EventLog } from './event-log.ts';
import { logFileOf, rotateLogs } from './log-files.ts';
import { acquireLock } from './lock.ts';
import { endLeftovers, readNote } from './note.ts';
import type { StackSnapshot } from './snapshot.ts';
import { Stack, type StackOptions } from './stack.ts';

const ROTATE_MS = 60_000;
/** Ctrl-C reaches a process more than once when npm or a script stands before it: that is still one Ctrl-C. */
const SAME_REQUEST_MS = 1000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs the stack of a home in this process until it is told to stop: by a signal, or by `suuupra down`. A second
 * signal kills what has not stopped yet.
 * @param onChange receives the state whenever it changes
 * @throws SuuupraError home_in_use, and whatever a start can meet; nothing runs any more then
 */
export async function runStack(
  config: Config,
  options: StackOptions,
  onChange: (snapshot: StackSnapshot) => void,
): Promise<void> {
  const paths = homePaths(config.home);
  prepareHome(paths);
  const releaseLock = acquireLock(paths.lock, paths.home);
  const log = new EventLog(logFileOf(paths.logs, 'supervisor'));
  const stack: Stack = new Stack(config, paths, options, log, () => {
    onChange(stack.snapshot());
  });

  let stopped: Promise<void> | undefined;
  let onStop: () => void = () => undefined;
  const stopRequested = new Promise<void>((resolve) => (onStop = resolve));
  const stop = (force: boolean): Promise<void> => {
    const done = force || !stopped ? stack.stop(force) : stopped;
    stopped = done;
    onStop();
    return done;
  };
  let stopAskedAt: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    const now = Date.now();
    if (stopAskedAt !== undefined && now - stopAskedAt < SAME_REQUEST_MS) return;
    log.write(`received ${signal}`);
    stopAskedAt = now;
    void stop(stopped !== undefined);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  const rotation = setInterval(() => void rotateLogs(paths.logs).catch(() => undefined), ROTATE_MS);

  let closeControl: (() => void) | undefined;
  try {
    const left = await endLeftovers(readNote(paths.note));
    if (left.length > 0) log.write(`ended what a killed supervisor left behind: ${left.join(', ')}`);
    closeControl = await serveControl(paths.socket, {
      snapshot: () => stack.snapshot(),
      requestStop: () => void stop(false),
      addServices: (names) => stack.addServices(names),
    });
    await stack.start();
    await stopRequested;
  } catch (error) {
    log.write(`start failed: ${errorMessage(error)}`);
    if (!stopped) {
      await stop(false);
      throw error;
    }
    // The start ended because a stop was asked for: that is no failure.
  } finally {
    await stopped;
    clearInterval(rotation);
    for (const signal of SIGNALS) process.off(signal, onSignal);
    closeControl?.();
    releaseLock();
  }
}

export const supervisorLog = (home: string): string => path.join(homePaths(home).logs, 'supervisor.log');
