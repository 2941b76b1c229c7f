import { createWarehouse } from '@suuupra/clickhouse';
import { closeListener, createLogger, listenOn, stopSignal, type Config } from '@suuupra/core';
import { checkExposure } from './security/tokens.ts';
import { createApi } from './server.ts';

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
    const url = await listenOn(app, config.host, config.ports.api, 'the API');
    return {
      url,
      close: async () => {
        await closeListener(app);
        await warehouse.close();
      },
    };
  } catch (error) {
    await warehouse.close();
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
