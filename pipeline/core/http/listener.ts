import type { Server } from 'node:http';
import { SuuupraError } from '../errors.ts';

/** What a server of ours is, whatever framework made it. */
interface Listener {
  readonly server: Pick<Server, 'closeIdleConnections'>;
  listen(at: { host: string; port: number }): Promise<string>;
  close(): PromiseLike<unknown>;
}

/**
 * Listens.
 * @param of whose port it is, for the message
 * @returns the address
 * @throws SuuupraError port_taken
 */
export async function listenOn(app: Listener, host: string, port: number, of: string): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE')
      throw new SuuupraError('port_taken', `port ${String(port)} of ${of} is in use`, { cause });
    throw cause;
  }
}

const SWEEP_MS = 100;

/** Takes no more requests, and returns when those under way have been answered. */
export async function closeListener(app: Listener): Promise<void> {
  // A connection whose request ends after the beginning of the end would be kept for the client's next one.
  const sweep = setInterval(() => {
    app.server.closeIdleConnections();
  }, SWEEP_MS);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
  }
}
