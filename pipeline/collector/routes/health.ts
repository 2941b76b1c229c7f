import type { FastifyInstance } from 'fastify';
import type { CollectorContext } from '../context.ts';
import { problem } from '../openapi.ts';

/** An answer of the brokers counts this long, so that checks of health do not become a load. */
const FRESH_MS = 2_000;

const schema = {
  summary: 'Whether the collector takes events: it does while Kafka answers',
  response: {
    200: { description: 'It does', type: 'object', properties: { status: { type: 'string', const: 'ok' } } },
    503: problem('Kafka does not answer'),
  },
} as const;

export function healthRoute(app: FastifyInstance, { sink }: CollectorContext): void {
  let asked: { readonly at: number; readonly answer: Promise<void> } | undefined;
  app.get('/health', { schema }, async () => {
    if (asked === undefined || performance.now() - asked.at > FRESH_MS)
      asked = { at: performance.now(), answer: sink.ping() };
    await asked.answer;
    return { status: 'ok' };
  });
}
