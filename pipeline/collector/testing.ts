import { randomUUID } from 'node:crypto';
import type { AnalyticsEvent } from '@suuupra/contracts';
import { eventEncoder } from '@suuupra/contracts/avro';
import { type SuuupraError, createLogger, loadConfig, type Config } from '@suuupra/core';
import type { Delivery, ProducerStats } from '@suuupra/producer';
import type { FastifyInstance } from 'fastify';
import type { EventSink } from './context.ts';
import { createMetrics } from './metrics.ts';
import { createCollector } from './server.ts';

const STATS: ProducerStats = {
  accepted: 0,
  delivered: 0,
  spooled: 0,
  failed: 0,
  refused: 0,
  batches: 0,
  retries: 0,
  bytes: 0,
  buffered: 0,
  bufferedBytes: 0,
  spooledBytes: 0,
  stalled: false,
};

/** Keeps events in memory, and encodes each as the real one does, so that what it takes is what Kafka would get. */
export class MemorySink implements EventSink {
  readonly events: AnalyticsEvent[] = [];
  /** Thrown instead of taking anything. */
  failure: SuuupraError | undefined;
  stalled = false;
  readonly #encode = eventEncoder(1);

  deliverAll(events: readonly unknown[]): Promise<readonly Delivery[]> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    for (const event of events as readonly AnalyticsEvent[]) this.#encode(event);
    this.events.push(...(events as readonly AnalyticsEvent[]));
    return Promise.resolve(events.map(() => ({ topic: 'events', partition: 0, offset: 0n })));
  }

  ping(): Promise<void> {
    return this.failure === undefined ? Promise.resolve() : Promise.reject(this.failure);
  }

  stats(): ProducerStats {
    return { ...STATS, stalled: this.stalled };
  }
}

/** A collector without network and Kafka, to be asked with `inject`. */
export async function testCollector(
  settings: Partial<Config> = {},
): Promise<{ app: FastifyInstance; sink: MemorySink }> {
  const sink = new MemorySink();
  const config = { ...loadConfig({}), ...settings };
  const app = await createCollector({ config, sink, metrics: createMetrics(sink) }, createLogger('test', 'silent'));
  return { app, sink };
}

export const validEvent = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
  event_id: randomUUID(),
  event_type: 'page_view',
  user_id: randomUUID(),
  timestamp: '2026-03-01T09:30:00.125Z',
  properties: { url: 'https://shop.example/' },
  ...fields,
});
