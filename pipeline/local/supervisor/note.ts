import fs from 'node:fs';
import type { Ports } from '@suuupra/core';
import { isAlive, signalGroup, type ProcessIdentity } from '../process/identity.ts';

/** A process of a part, as it is found again after its supervisor died. */
export interface NotedProcess extends ProcessIdentity {
  readonly part: string;
}

/** What stands in stack.json: where the stack is, and what to end should its supervisor die. */
export interface StackNote {
  /** Read by the configuration of every command, so that a home alone is enough to find its stack. */
  readonly portBase?: number;
  readonly ports: Ports;
  readonly processes: readonly NotedProcess[];
}

/** Writes the note in one step: a reader sees the old or the new one. */
export function writeNote(file: string, note: StackNote): void {
  const draft = `${file}.draft`;
  fs.writeFileSync(draft, `${JSON.stringify(note, null, 2)}\n`);
  fs.renameSync(draft, file);
}

export function readNote(file: string): StackNote | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as StackNote;
  } catch {
    return undefined; // no stack has run here yet
  }
}

const GENTLE_MS = 5000;
const POLL_MS = 50;

/**
 * Ends processes that a supervisor left behind when it was killed.
 * @returns the parts they belonged to
 */
export async function endLeftovers(note: StackNote | undefined): Promise<string[]> {
  const left = (note?.processes ?? []).filter(isAlive);
  for (const { pid } of left) signalGroup(pid, 'SIGTERM');
  const deadline = Date.now() + GENTLE_MS;
  while (left.some(isAlive) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  for (const process of left.filter(isAlive)) signalGroup(process.pid, 'SIGKILL');
  while (left.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  return left.map(({ part }) => part);
}
