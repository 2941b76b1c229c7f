import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { errorMessage, type Logger } from '@suuupra/core';
import { authenticate, presented, type Credentials } from './auth.ts';
import { engineError } from './errors.ts';
import { answer, type Shared } from './query.ts';
import { parseRequest } from './request.ts';
import { Reply } from './response.ts';

const OK = 'Ok.\n';

/** Paths that answer without a password, as in ClickHouse: they tell that the server lives. */
const isPing = (message: IncomingMessage, path: string): boolean =>
  path === '/ping' ||
  path === '/replicas_status' ||
  (path === '/' && (message.method === 'GET' || message.method === 'HEAD') && !/[?&]query=/.test(message.url ?? ''));

/** ClickHouse's HTTP interface before the embedded engine. */
export function createServer(shared: Shared, credentials: Credentials, log: Logger): http.Server {
  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (message.url ?? '/').split('?', 1)[0] as string;
    if (isPing(message, path)) {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=UTF-8' }).end(OK);
      return;
    }
    if (path !== '/' || !['GET', 'POST', 'PUT'].includes(message.method ?? '')) {
      response.writeHead(path === '/' ? 405 : 404, { 'Content-Type': 'text/plain; charset=UTF-8' });
      response.end(`There is no handle ${message.method ?? ''} ${path}\nUse / or /ping\n`);
      return;
    }
    let reply = new Reply(response, shared.facts, '');
    try {
      authenticate(presented(message), credentials);
      const request = parseRequest(message);
      reply = new Reply(response, shared.facts, request.queryId);
      log.debug({ method: message.method, queryId: request.queryId }, 'query');
      await answer(shared, request, message, reply);
    } catch (thrown) {
      const error = engineError(thrown);
      log.debug({ code: error.code, type: error.type }, 'query failed');
      if (reply.started || response.destroyed) response.destroy();
      else reply.error(error);
    } finally {
      message.resume(); // what nobody has read; the next request of the connection comes after it
    }
  };
  const server = http.createServer((message, response) => {
    handle(message, response).catch((fault: unknown) => {
      log.error({ fault: errorMessage(fault) }, 'request failed');
      response.destroy();
    });
  });
  server.keepAliveTimeout = 30_000;
  server.requestTimeout = 0; // an INSERT may stream for hours
  return server;
}
