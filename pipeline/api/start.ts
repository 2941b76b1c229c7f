import { createWarehouse } from '@suuupra/clickhouse';
import { createLogger, stopSignal, SuuupraError, type Config } from '@suuupra/core';
import { checkExposure } from './security/tokens.ts';
import { createApi } from './server.ts';

const SWEEP_MS = 100;

export interface RunningApi {
  readonly url: string;
  /** Takes no more connections, lets the requests under way end, then returns. */
  close(): Promise<void>;
}

/**
 * Starts the HTTP API.
 * @throws SuuupraError config_invalid, port_taken
 */
export async function startApi(config: Config): Promise<RunningApi> {
  checkExposure(config);
  const warehouse = createWarehouse(config);
  const app = await createApi({ config, warehouse }, createLogger('api', config.logLevel));
  try {
    const url = await app.listen({ host: config.host, port: config.ports.api });
    return {
      url,
      close: async () => {
        // A connection whose request ends after the beginning of the end would be kept for the client's next one.
        const sweep = setInterval(() => {
          app.server.closeIdleConnections();
        }, SWEEP_MS);
        await app.close();
        clearInterval(sweep);
        await warehouse.close();
      },
    };
  } catch (error) {
    await warehouse.close();
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new SuuupraError('port_taken', `port ${String(config.ports.api)} of the API is in use`, { cause: error });
    throw error;
  }
}

/**
 * Serves until SIGTERM or SIGINT and returns when the requests under way have ended; a second signal ends the process
 * at once.
 * @throws SuuupraError config_invalid, port_taken
 */
export async function serveApi(config: Config): Promise<void> {
  const api = await startApi(config);
  await stopSignal();
  await api.close();
}
