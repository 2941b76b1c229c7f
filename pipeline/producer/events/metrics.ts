import { Counter, Gauge, type Registry } from 'prom-client';
import type { EventProducer, ProducerStats } from './producer.ts';

type Stat = Exclude<keyof ProducerStats, 'stalled'>;

const COUNTERS: readonly (readonly [Stat, string, string])[] = [
  ['accepted', 'suuupra_producer_events_accepted_total', 'Events taken into the buffer'],
  ['delivered', 'suuupra_producer_events_delivered_total', 'Events that the broker acknowledged'],
  ['spooled', 'suuupra_producer_events_spooled_total', 'Events that went to disk while Kafka was away'],
  ['failed', 'suuupra_producer_events_failed_total', 'Events given up'],
  ['refused', 'suuupra_producer_events_refused_total', 'Events that do not satisfy the contract'],
  ['batches', 'suuupra_producer_batches_total', 'Batches that the broker acknowledged'],
  ['retries', 'suuupra_producer_retries_total', 'Batches that were sent again'],
  ['bytes', 'suuupra_producer_bytes_total', 'Bytes of delivered events before compression'],
];

const GAUGES: readonly (readonly [Stat, string, string])[] = [
  ['buffered', 'suuupra_producer_buffered_events', 'Events that wait to be sent'],
  ['bufferedBytes', 'suuupra_producer_buffered_bytes', 'Bytes of events that wait or are being sent'],
  ['spooledBytes', 'suuupra_producer_spooled_bytes', 'Bytes on disk'],
];

/** Adds the numbers of a producer to a registry of Prometheus metrics, read whenever the registry is. */
export function exposeProducer(registry: Registry, producer: Pick<EventProducer, 'stats'>): void {
  for (const [stat, name, help] of COUNTERS)
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(producer.stats()[stat]);
      },
    });
  for (const [stat, name, help] of GAUGES)
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(producer.stats()[stat]);
      },
    });
  new Gauge({
    name: 'suuupra_producer_stalled',
    help: '1 while events wait for a broker that does not take them',
    registers: [registry],
    collect() {
      this.set(producer.stats().stalled ? 1 : 0);
    },
  });
}
