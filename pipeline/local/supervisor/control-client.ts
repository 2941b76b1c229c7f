import http from 'node:http';
import { SuuupraError } from '@suuupra/core';
import { homePaths } from '../home.ts';
import { isAlive, signalGroup, type ProcessIdentity } from '../process/identity.ts';
import { lockHolder } from './lock.ts';
import { endLeftovers, readNote } from './note.ts';
import { errorOf, type FailureSnapshot, type StackSnapshot } from './snapshot.ts';

const REQUEST_TIMEOUT_MS = 5000;
const POLL_MS = 50;
/** Longer than all parts together may take to stop. */
const STOP_TIMEOUT_MS = 90_000;

interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  readonly timeoutMs?: number;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

function ask(socketPath: string, { method, path, body, timeoutMs }: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timeout = timeoutMs ?? REQUEST_TIMEOUT_MS;
    const request = http.request({ socketPath, method, path, timeout }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 0, text });
      });
      response.once('error', reject);
    });
    request.once('timeout', () => request.destroy(new Error('the supervisor does not answer')));
    request.once('error', reject);
    request.end(body);
  });
}

/** The state of the stack in a home, or undefined if none runs there. */
export async function stackStatus(home: string): Promise<StackSnapshot | undefined> {
  try {
    const { text } = await ask(homePaths(home).socket, { method: 'GET', path: '/status' });
    return JSON.parse(text) as StackSnapshot;
  } catch {
    return undefined; // nobody listens there
  }
}

/** Longer than the tries of a part that does not start may take. */
const ADD_TIMEOUT_MS = 600_000;

/**
 * Adds services to the running stack of a home; those that run already stay as they are.
 * @returns the state when all of them work
 * @throws SuuupraError stack_not_running; home_in_use, usage_invalid, port_taken, part_failed
 */
export async function addServices(home: string, names: readonly string[]): Promise<StackSnapshot> {
  const question = {
    method: 'POST',
    path: '/services',
    body: JSON.stringify(names),
    timeoutMs: ADD_TIMEOUT_MS,
  } as const;
  const { status, text } = await ask(homePaths(home).socket, question);
  if (status !== 204) throw errorOf(JSON.parse(text) as FailureSnapshot);
  const snapshot = await stackStatus(home);
  if (!snapshot) throw new SuuupraError('stack_not_running', `No stack runs in ${home}`);
  return snapshot;
}

/** What `stopStack` found: a supervisor that stopped in order, only what a killed one left behind, or nothing. */
export type StopResult = 'stopped' | 'leftovers' | 'nothing';

/** Stops the stack of a home and ends whatever a killed supervisor left behind. */
export async function stopStack(home: string): Promise<StopResult> {
  const paths = homePaths(home);
  const supervisor = lockHolder(paths.lock);
  if (supervisor) await stopSupervisor(paths.socket, supervisor);
  const left = await endLeftovers(readNote(paths.note));
  if (supervisor) return 'stopped';
  return left.length > 0 ? 'leftovers' : 'nothing';
}

async function stopSupervisor(socket: string, supervisor: ProcessIdentity): Promise<void> {
  try {
    await ask(socket, { method: 'POST', path: '/stop' });
  } catch {
    process.kill(supervisor.pid, 'SIGTERM'); // it lives but is too busy to answer: the same request by other means
  }
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (isAlive(supervisor) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  if (isAlive(supervisor)) signalGroup(supervisor.pid, 'SIGKILL');
}
