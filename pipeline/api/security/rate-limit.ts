import rateLimit from '@fastify/rate-limit';
import { SuuupraError, type Config } from '@suuupra/core';
import type { FastifyInstance } from 'fastify';

/**
 * Bounds the requests of each token; must be added after the guard, which says who asks. Counted in this process: several
 * behind one address allow as many times more.
 */
export async function addRateLimit(
  app: FastifyInstance,
  { apiRequestsPerMinute }: Pick<Config, 'apiRequestsPerMinute'>,
): Promise<void> {
  await app.register(rateLimit, {
    timeWindow: '1 minute',
    keyGenerator: (request) => request.principal.name,
    max: (request) => request.principal.limits.requestsPerMinute ?? apiRequestsPerMinute,
    errorResponseBuilder: (request, { max, after }) =>
      new SuuupraError(
        'rate_limited',
        `the token ${request.principal.name} has made ${String(max)} requests in a minute`,
        {
          hint: `Wait ${after}.`,
        },
      ),
  });
}
