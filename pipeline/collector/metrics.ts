import { exposeProducer, type EventProducer } from '@suuupra/producer';
import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export interface CollectorMetrics {
  readonly registry: Registry;
  /** By name of the write key and `accepted` or the code of the refusal. */
  readonly events: Counter<'key' | 'outcome'>;
  readonly requestSeconds: Histogram<'status'>;
}

/** The metrics of a collector, in a registry of its own. */
export function createMetrics(producer: Pick<EventProducer, 'stats'>): CollectorMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  exposeProducer(registry, producer);
  return {
    registry,
    events: new Counter({
      name: 'suuupra_collector_events_total',
      help: 'Events by write key and outcome: accepted, or the code of the refusal',
      labelNames: ['key', 'outcome'],
      registers: [registry],
    }),
    requestSeconds: new Histogram({
      name: 'suuupra_collector_request_seconds',
      help: 'Time from the head of a request to the end of its answer, by status',
      labelNames: ['status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry],
    }),
  };
}
