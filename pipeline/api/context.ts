import type { Warehouse } from '@suuupra/clickhouse';
import type { Config } from '@suuupra/core';

/** What routes work with. */
export interface ApiContext {
  readonly config: Config;
  readonly warehouse: Warehouse;
}
