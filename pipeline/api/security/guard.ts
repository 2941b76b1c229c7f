import type { Scope } from '@suuupra/core';
import type { FastifyInstance } from 'fastify';
import { createAuthenticate, demandScope, type Principal } from './tokens.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a token needs for this route. */
    scope?: Scope;
  }
  interface FastifyRequest {
    /** Who asks; on routes behind the guard. */
    principal: Principal;
  }
}

/** Lets requests to the routes of `app` through only with a token of the scope that each route names. */
export function addGuard(app: FastifyInstance, config: Parameters<typeof createAuthenticate>[0]): void {
  const authenticate = createAuthenticate(config);
  app.addHook('onRoute', ({ method, url, config: route }) => {
    // A route that names none would be open to every token: that is a fault of ours, seen at the start.
    if (route?.scope === undefined) throw new Error(`${String(method)} ${url} names no scope`);
  });
  app.addHook('onRequest', async (request) => {
    const { authorization, host } = request.headers;
    request.principal = authenticate({ authorization, host });
    demandScope(request.principal, request.routeOptions.config.scope as Scope);
  });
}
