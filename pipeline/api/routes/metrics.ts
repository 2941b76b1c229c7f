import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';

/** What Prometheus reads. */
export function metricsRoute(app: FastifyInstance, registry: Registry): void {
  app.get(
    '/metrics',
    {
      config: { scope: 'operate' },
      schema: {
        summary: 'Requests and the state of the process, for Prometheus',
        response: { 200: { description: 'Text format of Prometheus', type: 'string' }, default: { $ref: 'Problem#' } },
      },
    },
    async (_request, reply) =>
      reply
        .type(registry.contentType)
        .serializer(String)
        .send(await registry.metrics()),
  );
}
