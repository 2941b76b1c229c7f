import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Upper bounds of the buckets in seconds: from what a cache answers to the longest query. */
const BUCKETS = [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10, 30, 60];

/** Counts and times of requests by route, and the state of the process; a registry of its own per server. */
export function addMetrics(app: FastifyInstance): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'suuupra_api_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route', 'status', 'token'],
    buckets: BUCKETS,
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    // The pattern and not the path: a label may have only so many values.
    const route = request.routeOptions.url ?? 'unknown';
    const token = request.principal?.name ?? '';
    duration.observe({ method: request.method, route, status: reply.statusCode, token }, reply.elapsedTime / 1000);
  });
  return registry;
}
