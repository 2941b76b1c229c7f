import { createWarehouse } from '@suuupra/clickhouse';
import { createLogger, SuuupraError, type Config } from '@suuupra/core';
import { checkExposure } from './auth.ts';
import { createApi } from './server.ts';

export interface RunningApi {
  readonly url: string;
  /** Takes no more requests, lets those under way end, then returns. */
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
        await app.close();
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
