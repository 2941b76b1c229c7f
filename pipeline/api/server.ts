import swagger from '@fastify/swagger';
import { SuuupraError, problemOf, requestId, type Logger } from '@suuupra/core';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { ApiContext } from './context.ts';
import { addSchemas } from './openapi.ts';
import { addMetrics } from './metrics.ts';
import { annotationRoutes } from './routes/annotations.ts';
import { definitionRoutes } from './routes/definitions.ts';
import { eventRoutes } from './routes/events.ts';
import { experimentRoutes } from './routes/experiments.ts';
import { healthRoute } from './routes/health.ts';
import { metricsRoute } from './routes/metrics.ts';
import { pipelineRoutes } from './routes/pipeline.ts';
import { queryRoute } from './routes/query.ts';
import { userRoutes } from './routes/users.ts';
import { addGuard } from './security/guard.ts';
import { addRateLimit } from './security/rate-limit.ts';

/** A definition is small; whoever sends more than this sends something else. */
const BODY_LIMIT = 1_048_576;

/** What stands below /api/v1. */
const ROUTES = [
  queryRoute,
  eventRoutes,
  userRoutes,
  experimentRoutes,
  definitionRoutes,
  annotationRoutes,
  pipelineRoutes,
];

/**
 * The HTTP API, not yet listening. No CORS headers are sent: browsers reach it through Grafana's proxy only.
 * @param logger gets one line per request and the causes of internal errors
 */
export async function createApi(context: ApiContext, logger: Logger): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: logger as FastifyBaseLogger,
    bodyLimit: BODY_LIMIT,
    // What arrives on an open connection while the server ends is answered too, and the connection then closed.
    return503OnClosing: false,
    genReqId: (request) => requestId(request.headers),
  });
  // Schemas are for the documentation. Definitions are checked by the compiler, whose faults name the field, and rows
  // are written as they come, so that no digit differs from what the command line prints.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  app.setErrorHandler((error, request, reply) => {
    if (reply.raw.destroyed) {
      request.log.info('the client left before the answer');
      return reply.hijack();
    }
    const problem = problemOf(error, request.id);
    if (problem.status >= 500) request.log.error({ err: error }, problem.detail);
    if (problem.code === 'unauthorized') void reply.header('www-authenticate', 'Bearer');
    return reply.status(problem.status).type('application/problem+json').serializer(JSON.stringify).send(problem);
  });
  app.setNotFoundHandler((request) => {
    throw new SuuupraError('not_found', `there is no ${request.method} ${request.url.split('?')[0] ?? ''}`, {
      hint: '/openapi.json lists what there is.',
    });
  });
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers({
      'x-request-id': request.id,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Suuupra Analytics', version: '1', description: 'Answers analyses of product events.' },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, index) => String(json.$id ?? `schema-${String(index)}`),
    },
  });
  addSchemas(app);
  const registry = addMetrics(app);
  healthRoute(app, context);
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await app.register(
    async (api) => {
      addGuard(api, context.config);
      await addRateLimit(api, context.config);
      for (const addRoutes of ROUTES) addRoutes(api, context);
    },
    { prefix: '/api/v1' },
  );
  await app.register(async (operators) => {
    addGuard(operators, context.config);
    metricsRoute(operators, registry);
  });
  return app;
}
