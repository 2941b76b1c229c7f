import type { Warehouse } from '@suuupra/clickhouse';
import type { Config } from '@suuupra/core';

export type ApiConfig = Pick<
  Config,
  'apiToken' | 'clickhouseUrl' | 'clickhouseDatabase' | 'queryTimeoutSeconds' | 'queryMaxRows'
>;

/** What routes work with. */
export interface ApiContext {
  readonly config: ApiConfig;
  readonly warehouse: Warehouse;
}
