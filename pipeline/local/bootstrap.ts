import type { Config } from '@suuupra/core';
import { applyJobs, buildLibrary, loadJobs, prepareResults } from '@suuupra/flink';
import { migrate } from '@suuupra/migrator';
import { ensureTopics, registerContracts } from '@suuupra/producer';

/** Something that must be done once the parts work. Each step may be repeated at any time: it does what is missing. */
export interface BootstrapStep {
  readonly name: string;
  readonly run: (config: Config) => Promise<unknown>;
  /** A part that forgets what the step did when it is started again. */
  readonly forgottenBy?: string;
}

/** What takes a while and needs no part: it is done while they start. */
export const MEANWHILE: readonly BootstrapStep[] = [{ name: 'library', run: buildLibrary }];

/** What turns running parts into a pipeline, in order: a step may rely on those before it. */
export const BOOTSTRAP: readonly BootstrapStep[] = [
  { name: 'topics', run: ensureTopics },
  // Before the migrations: a table of the warehouse takes minutes to notice a topic that is made after it.
  { name: 'results', run: (config) => prepareResults(config, loadJobs(config)) },
  { name: 'migrations', run: migrate },
  // After the migrations: what a producer may send, the warehouse must have a column for.
  { name: 'contracts', run: registerContracts },
  { name: 'jobs', run: applyJobs, forgottenBy: 'flink-jobmanager' },
];
