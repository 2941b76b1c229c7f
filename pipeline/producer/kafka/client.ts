import { SuuupraError, errorMessage, type Config, type Logger } from '@suuupra/core';
import kafkajs from 'kafkajs';
import { registerCodecs } from './codecs.ts';

const { Kafka, logLevel } = kafkajs;

registerCodecs();

/** Where the clients look for brokers. */
export type KafkaConfig = Pick<Config, 'kafkaBrokers'>;

/**
 * A kafkajs client whose own log goes to ours at debug level: it repeats every refused connection as an error, while the
 * caller gets the error that counts.
 * @param clientId how the broker names this client in its own log and metrics
 * @param requestTimeout how long the broker may take for an answer, in milliseconds
 */
export function kafkaClient(
  config: KafkaConfig,
  clientId: string,
  logger?: Logger,
  requestTimeout = 30_000,
): kafkajs.Kafka {
  return new Kafka({
    clientId,
    brokers: [...config.kafkaBrokers],
    connectionTimeout: Math.min(3_000, requestTimeout),
    requestTimeout,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8 },
    logLevel: logger?.isLevelEnabled('debug') === true ? logLevel.INFO : logLevel.NOTHING,
    logCreator:
      () =>
      ({ namespace, log: { message, ...facts } }) =>
        logger?.debug({ namespace, ...facts }, message),
  });
}

/**
 * Runs an operation of the admin client with a connection of its own.
 * @throws SuuupraError kafka_unreachable
 */
export async function withAdmin<T>(config: KafkaConfig, use: (admin: kafkajs.Admin) => Promise<T>): Promise<T> {
  const admin = kafkaClient(config, 'suuupra-admin').admin();
  try {
    await admin.connect();
    return await use(admin);
  } catch (error) {
    throw unreachable(config, error);
  } finally {
    await admin.disconnect();
  }
}

const CONNECTION_ERRORS = new Set([
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
  'KafkaJSNumberOfRetriesExceeded',
  'KafkaJSBrokerNotFound',
]);

/** An error of kafkajs as one of ours where it says that no broker answers; others stay what they are. */
export function unreachable(config: KafkaConfig, error: unknown): unknown {
  if (!(error instanceof Error) || !CONNECTION_ERRORS.has(error.name)) return error;
  return new SuuupraError('kafka_unreachable', `Kafka at ${config.kafkaBrokers.join(', ')}: ${errorMessage(error)}`, {
    cause: error,
  });
}
