import fs from 'node:fs';
import http from 'node:http';
import { SuuupraError } from '@suuupra/core';
import { failureOf, type StackSnapshot } from './snapshot.ts';

/** What the supervisor answers to other commands. */
export interface Control {
  snapshot(): StackSnapshot;
  /** Begins to stop the stack. */
  requestStop(): void;
  addServices(names: readonly string[]): Promise<void>;
}

const LARGEST_BODY = 4096;

/** The body of POST /services: a JSON list of names. */
async function readNames(request: http.IncomingMessage): Promise<string[]> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > LARGEST_BODY) throw new SuuupraError('input_invalid', 'The list of services is too long');
  }
  return JSON.parse(text) as string[];
}

/**
 * Serves GET /status, POST /stop and POST /services on a Unix socket that only its owner can open. The lock of the home is held, so
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
    } else if (route === 'POST /services') {
      readNames(request)
        .then((names) => control.addServices(names))
        .then(
          () => response.writeHead(204).end(),
          (error: unknown) => response.writeHead(409).end(JSON.stringify(failureOf(error))),
        );
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
