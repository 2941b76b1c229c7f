import type { FastifyInstance } from 'fastify';
import type { CollectorContext } from '../context.ts';

const schema = {
  summary: 'Metrics for Prometheus',
  response: {
    200: { description: 'Text exposition format', content: { 'text/plain': { schema: { type: 'string' } } } },
  },
} as const;

export function metricsRoute(app: FastifyInstance, { metrics: { registry } }: CollectorContext): void {
  app.get('/metrics', { schema }, async (_request, reply) => {
    const text = await registry.metrics();
    return reply.type(registry.contentType).serializer(String).send(text);
  });
}
