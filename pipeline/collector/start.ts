import { closeListener, createLogger, listenOn, stopSignal, type Config } from '@suuupra/core';
import { createProducer } from '@suuupra/producer';
import { checkExposure } from './access/write-keys.ts';
import { createMetrics } from './metrics.ts';
import { createCollector } from './server.ts';

export interface RunningCollector {
  readonly url: string;
  /** Takes no more requests, answers those under way when Kafka has stored their events, then returns. */
  close(): Promise<void>;
}

/** Bytes of events that may wait for Kafka. Beyond, requests are answered with 503. */
const BUFFER_BYTES = 32 * 1024 * 1024;

/**
 * Starts the collector.
 * @throws SuuupraError config_invalid, port_taken, registry_unreachable, schema_unregistered, kafka_unreachable
 */
export async function startCollector(config: Config): Promise<RunningCollector> {
  checkExposure(config);
  const logger = createLogger('collector', config.logLevel);
  const producer = await createProducer(config, {
    logger,
    bufferBytes: BUFFER_BYTES,
    deliveryTimeoutMs: config.collectorTimeoutSeconds * 1000,
  });
  try {
    const app = await createCollector({ config, sink: producer, metrics: createMetrics(producer) }, logger);
    const url = await listenOn(app, config.host, config.ports.collector, 'the collector');
    return {
      url,
      close: async () => {
        await closeListener(app);
        await producer.close();
      },
    };
  } catch (error) {
    await producer.close();
    throw error;
  }
}

/**
 * Serves until SIGTERM or SIGINT and returns when the requests under way have been answered; a second signal ends the
 * process at once.
 * @throws SuuupraError as `startCollector`
 */
export async function serveCollector(config: Config): Promise<void> {
  const collector = await startCollector(config);
  await stopSignal();
  await collector.close();
}
