import http from 'node:http';
import { homePaths } from '../home.ts';
import { isAlive, signalGroup, type ProcessIdentity } from '../process/identity.ts';
import { lockHolder } from './lock.ts';
import { endLeftovers, readNote } from './note.ts';
import type { StackSnapshot } from './snapshot.ts';

const REQUEST_TIMEOUT_MS = 5000;
const POLL_MS = 50;
/** Longer than all parts together may take to stop. */
const STOP_TIMEOUT_MS = 90_000;

function ask(socketPath: string, method: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = http.request({ socketPath, method, path, timeout: REQUEST_TIMEOUT_MS }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.once('end', () => {
        resolve(text);
      });
      response.once('error', reject);
    });
    request.once('timeout', () => request.destroy(new Error('the supervisor does not answer')));
    request.once('error', reject);
    request.end();
  });
}

/** The state of the stack in a home, or undefined if none runs there. */
export async function stackStatus(home: string): Promise<StackSnapshot | undefined> {
  try {
    return JSON.parse(await ask(homePaths(home).socket, 'GET', '/status')) as StackSnapshot;
  } catch {
    return undefined; // nobody listens there
  }
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
    await ask(socket, 'POST', '/stop');
  } catch {
    process.kill(supervisor.pid, 'SIGTERM'); // it lives but is too busy to answer: the same request by other means
  }
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (isAlive(supervisor) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  if (isAlive(supervisor)) signalGroup(supervisor.pid, 'SIGKILL');
}
