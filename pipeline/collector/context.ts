import type { Config } from '@suuupra/core';
import type { EventProducer } from '@suuupra/producer';
import type { CollectorMetrics } from './metrics.ts';

export type CollectorConfig = Pick<
  Config,
  | 'collectorWriteKeys'
  | 'collectorOrigins'
  | 'collectorEventsPerSecond'
  | 'collectorMaxBodyBytes'
  | 'collectorMaxBatchEvents'
  | 'collectorMaxEventBytes'
  | 'collectorMaxFutureSeconds'
  | 'collectorTimeoutSeconds'
  | 'collectorPiiDrop'
  | 'collectorPiiHash'
  | 'collectorPiiSecret'
>;

/** What the collector needs of a producer. */
export type EventSink = Pick<EventProducer, 'deliverAll' | 'ping' | 'stats'>;

/** What routes work with. */
export interface CollectorContext {
  readonly config: CollectorConfig;
  readonly sink: EventSink;
  readonly metrics: CollectorMetrics;
}
