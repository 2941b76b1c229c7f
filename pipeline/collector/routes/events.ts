import { SuuupraError, problemOf, type ErrorCode } from '@suuupra/core';
import type { AnalyticsEvent, Fault } from '@suuupra/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { checkOrigin } from '../access/origins.ts';
import { rateLimits, type RateLimit } from '../access/rate-limit.ts';
import { keyCheck } from '../access/write-keys.ts';
import { decompressed } from '../body/decompress.ts';
import { parseBody } from '../body/parse.ts';
import type { CollectorContext } from '../context.ts';
import { checkEvent, type Refusal } from '../events/check.ts';
import { personalDataFilter } from '../events/personal-data.ts';
import { eventsSchema } from '../openapi.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The name of the write key. */
    keyName: string;
    rate: RateLimit | undefined;
  }
}

/** What became of one event of a request. */
interface EventResult {
  readonly index: number;
  readonly status: 'accepted' | 'refused';
  readonly code?: ErrorCode;
  readonly message?: string;
  readonly faults?: readonly Fault[];
}

interface Answer {
  readonly request_id: string;
  readonly received_at: string;
  readonly accepted: number;
  readonly refused: number;
  readonly events: readonly EventResult[];
}

const resultOf = (index: number, refusal: Refusal | undefined): EventResult =>
  refusal === undefined ? { index, status: 'accepted' } : { index, status: 'refused', ...refusal };

const writeKeyOf = ({ headers, query }: FastifyRequest): string | undefined => {
  const header = headers['x-write-key'];
  if (typeof header === 'string') return header;
  const parameter = (query as Readonly<Record<string, unknown>>)['write_key'];
  return typeof parameter === 'string' ? parameter : undefined;
};

export function eventsRoute(app: FastifyInstance, { config, sink, metrics }: CollectorContext): void {
  const nameOf = keyCheck(config.collectorWriteKeys);
  const rateOf = rateLimits(config.collectorEventsPerSecond);
  const withoutPersonalData = personalDataFilter(config);

  app.decorateRequest('keyName', '');
  app.decorateRequest('rate', undefined);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(['application/json', 'text/plain'], { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });

  app.post('/events', {
    schema: eventsSchema,
    // Before the body is read: whoever may not send costs as little as possible.
    onRequest: async (request) => {
      checkOrigin(request.headers.origin, config.collectorOrigins);
      request.keyName = nameOf(writeKeyOf(request));
      request.rate = rateOf(request.keyName);
      request.rate.take(0);
    },
    preParsing: (request, reply, payload, done) => {
      try {
        const stream = decompressed(request.headers, payload);
        // What was refused half-way is not decompressed to its end.
        if (stream !== payload) reply.raw.once('close', () => stream.destroy());
        done(null, stream);
      } catch (error) {
        done(error as Error);
      }
    },
    handler: async (request, reply) => {
      const now = Date.now();
      const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
      const inputs = parseBody(body, config.collectorMaxBatchEvents);
      request.rate?.take(inputs.length);

      const taken: AnalyticsEvent[] = [];
      const results = inputs.map((input, index) => {
        const checked = checkEvent(input, now, config);
        if ('refusal' in checked) return resultOf(index, checked.refusal);
        taken.push(withoutPersonalData(checked.event));
        return resultOf(index, undefined);
      });
      if (taken.length > 0) {
        if (sink.stats().stalled) throw new SuuupraError('kafka_unreachable', 'Kafka takes no events at the moment');
        await sink.deliverAll(taken);
      }

      for (const { code = 'accepted' } of results) metrics.events.inc({ key: request.keyName, outcome: code });
      const answer: Answer = {
        request_id: request.id,
        received_at: new Date(now).toISOString(),
        accepted: taken.length,
        refused: results.length - taken.length,
        events: results,
      };
      request.log.debug({ key: request.keyName, accepted: answer.accepted, refused: answer.refused }, 'events');
      if (taken.length > 0) return answer;
      const problem = problemOf(refusedAll(results), request.id);
      return await reply
        .status(400)
        .type('application/problem+json')
        .send({ ...problem, ...answer });
    },
  });
}

/** No event of a request was taken: a single one says why itself. */
function refusedAll(results: readonly EventResult[]): SuuupraError {
  const [first] = results;
  const message = results.length === 1 ? first?.message : `all ${String(results.length)} events were refused`;
  return new SuuupraError('event_invalid', message ?? '');
}
