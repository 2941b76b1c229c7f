import type { Config } from '@suuupra/core';
import { applyJobs, buildLibrary, loadJobs, prepareResults } from '@suuupra/flink';
import { replay } from '@suuupra/ledger';
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
  // Good messages that came while the registry was away could not be decoded: they are taken in now.
  {
    name: 'refused messages',
    run: (config) => replay(config, { reason: 'registry_unavailable' }),
    forgottenBy: 'registry',
  },
  { name: 'jobs', run: applyJobs, forgottenBy: 'flink-jobmanager' },
];

/**
 * Does all of it on servers that run already.
 * @param onDone is told of each step and the seconds it took
 * @throws SuuupraError what the first step that fails throws
 */
export async function bootstrap(config: Config, onDone: (step: string, seconds: number) => void): Promise<void> {
  for (const step of [...MEANWHILE, ...BOOTSTRAP]) {
    const start = performance.now();
    await step.run(config);
    onDone(step.name, (performance.now() - start) / 1000);
  }
}
