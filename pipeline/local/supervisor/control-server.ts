import fs from 'node:fs';
import http from 'node:http';
import type { StackSnapshot } from './snapshot.ts';

/** What the supervisor answers to other commands. */
export interface Control {
  snapshot(): StackSnapshot;
  /** Begins to stop the stack. */
  requestStop(): void;
}

/**
 * Serves GET /status and POST /stop on a Unix socket that only its owner can open. The lock of the home is held, so
 * whatever stands at the path is the remains of a dead supervisor.
 * @returns closes the server
 */
export async function serveControl(socket: string, control: Control): Promise<() => void> {
  const server = http.createServer((request, response) => {
    const route = `${request.method ?? ''} ${request.url ?? ''}`;
    if (route === 'GET /status') {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(control.snapshot()));
    } else if (route === 'POST /stop') {
      response.writeHead(202).end();
      control.requestStop();
    } else response.writeHead(404).end();
  });
  fs.rmSync(socket, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  fs.chmodSync(socket, 0o600);
  return () => {
    server.close();
    server.closeAllConnections();
    fs.rmSync(socket, { force: true });
  };
}
