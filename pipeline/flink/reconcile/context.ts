import { createLogger, type Config, type Logger } from '@suuupra/core';
import { JobManager } from '../cluster/job-manager.ts';
import { SqlGateway } from '../gateway/client.ts';
import { JobStore } from '../store/store.ts';

/** What every step of the reconciler works with. */
export interface Reconciler {
  readonly config: Config;
  readonly gateway: SqlGateway;
  readonly cluster: JobManager;
  readonly store: JobStore;
  readonly log: Logger;
}

export const createReconciler = (config: Config, log = createLogger('jobs', config.logLevel)): Reconciler => ({
  config,
  gateway: new SqlGateway(config.sqlGatewayUrl),
  cluster: new JobManager(config.flinkUrl),
  store: new JobStore(config),
  log,
});
