import cors from '@fastify/cors';
import swagger from '@fastify/swagger';
import { SuuupraError, problemOf, requestId, type Logger } from '@suuupra/core';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { CollectorContext } from './context.ts';
import { addSchemas } from './openapi.ts';
import { retryAfter } from './retry-after.ts';
import { eventsRoute } from './routes/events.ts';
import { healthRoute } from './routes/health.ts';
import { metricsRoute } from './routes/metrics.ts';

/** Requests that are read or wait for Kafka at a time; those beyond are told to come back. Bounds the memory of bodies. */
const MAX_IN_FLIGHT = 500;
/** A request that takes longer to arrive is cut: slow senders must not hold connections. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Browsers keep an answer to a preflight at most two hours. */
const PREFLIGHT_SECONDS = 7_200;

/** The path alone: a query may carry a write key. */
const pathOf = (url: string): string => url.split('?', 1)[0] ?? '';

/**
 * The collector, not yet listening.
 * @param logger gets a line per request, without addresses, keys and contents
 * @throws SuuupraError config_invalid
 */
export async function createCollector(context: CollectorContext, logger: Logger): Promise<FastifyInstance> {
  const { config, metrics } = context;
  const app = Fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: config.collectorMaxBodyBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // What arrives on an open connection while the collector ends is answered too, and the connection then closed.
    return503OnClosing: false,
    genReqId: (request) => requestId(request.headers),
  });
  // Schemas are for the documentation: events are checked by the contract's own code, which names each fault.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, request.id);
    const seconds = retryAfter(error);
    if (problem.code === 'internal') request.log.error({ err: error }, problem.detail);
    // No stack: in an outage this is said for every request.
    else if (problem.status >= 500) request.log.warn({ code: problem.code }, problem.detail);
    if (seconds !== undefined) void reply.header('retry-after', String(seconds));
    return reply.status(problem.status).type('application/problem+json').serializer(JSON.stringify).send(problem);
  });
  app.setNotFoundHandler((request) => {
    throw new SuuupraError('not_found', `there is no ${request.method} ${pathOf(request.url)}`, {
      hint: '/openapi.json lists what there is.',
    });
  });

  let inFlight = 0;
  app.addHook('onRequest', async (request, reply) => {
    inFlight += 1;
    reply.raw.once('close', () => (inFlight -= 1));
    void reply.headers({
      'x-request-id': request.id,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    if (inFlight > MAX_IN_FLIGHT) throw new SuuupraError('overloaded', 'too many requests at a time');
  });
  app.addHook('onResponse', async (request, reply) => {
    const { statusCode: status, elapsedTime } = reply;
    metrics.requestSeconds.observe({ status: String(status) }, elapsedTime / 1000);
    const facts = { method: request.method, path: pathOf(request.url), status, ms: Math.round(elapsedTime) };
    request.log.info(facts, 'request');
  });
  await app.register(cors, {
    origin: [...config.collectorOrigins],
    methods: ['POST'],
    allowedHeaders: ['content-type', 'content-encoding', 'x-write-key', 'x-request-id'],
    exposedHeaders: ['retry-after', 'x-request-id'],
    maxAge: PREFLIGHT_SECONDS,
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Suuupra collector', version: '1', description: 'Takes product events.' },
      components: {
        securitySchemes: {
          header: { type: 'apiKey', in: 'header', name: 'X-Write-Key' },
          parameter: { type: 'apiKey', in: 'query', name: 'write_key' },
        },
      },
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, index) => String(json.$id ?? `schema-${String(index)}`),
    },
  });
  addSchemas(app);
  healthRoute(app, context);
  metricsRoute(app, context);
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await app.register(
    async (v1) => {
      eventsRoute(v1, context);
    },
    { prefix: '/v1' },
  );
  return app;
}
