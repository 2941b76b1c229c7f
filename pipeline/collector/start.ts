import { SuuupraError, createLogger, stopSignal, type Config } from '@suuupra/core';
import { createProducer } from '@suuupra/producer';
import { checkExposure } from './access/write-keys.ts';
import { createMetrics } from './metrics.ts';
import { createCollector } from './server.ts';

const SWEEP_MS = 100;

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
    const url = await app.listen({ host: config.host, port: config.ports.collector });
    return {
      url,
      close: async () => {
        // A connection whose request ends after the beginning of the end would be kept for the client's next one.
        const sweep = setInterval(() => {
          app.server.closeIdleConnections();
        }, SWEEP_MS);
        await app.close();
        clearInterval(sweep);
        await producer.close();
      },
    };
  } catch (error) {
    await producer.close();
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new SuuupraError('port_taken', `port ${String(config.ports.collector)} of the collector is in use`, {
        cause: error,
      });
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
