import { SuuupraError, type Config } from '@suuupra/core';
import { hasEnded } from '../cluster/job-manager.ts';
import { stopWithSavepoint, takeSavepoint } from '../cluster/savepoints.ts';
import { waitState } from '../cluster/wait.ts';
import { withLock } from '../store/lock.ts';
import { actor } from '../store/store.ts';
import { createReconciler, type Reconciler } from './context.ts';
import { observe, type Observed } from './observe.ts';

const ENDED_MS = 60_000;

/**
 * Stops a job with a savepoint. It stays stopped until it is applied by name.
 * @returns the savepoint
 * @throws SuuupraError not_found, flink_job_failed, jobs_locked
 */
export async function stopJob(config: Config, name: string): Promise<string> {
  const reconciler = createReconciler(config);
  return withLock(reconciler.store.paths.lock, async () => {
    const job = await running(reconciler, name);
    const savepoint = await stopWithSavepoint(reconciler.cluster, job.id);
    await waitState(reconciler.cluster, job.id, ['FINISHED'], { timeoutMs: ENDED_MS });
    const at = new Date().toISOString();
    reconciler.store.update(name, { stopped: { at, by: actor(), savepoint } });
    reconciler.store.log({ job: name, event: 'stopped', jobId: job.id, savepoint });
    return savepoint;
  });
}

/**
 * Cancels a job at once, without a savepoint; applied by name it goes on from its newest checkpoint.
 * @throws SuuupraError not_found, flink_job_failed, jobs_locked
 */
export async function cancelJob(config: Config, name: string): Promise<void> {
  const reconciler = createReconciler(config);
  await withLock(reconciler.store.paths.lock, async () => {
    const job = await running(reconciler, name);
    await reconciler.cluster.cancel(job.id);
    await waitState(reconciler.cluster, job.id, ['CANCELED'], { timeoutMs: ENDED_MS });
    reconciler.store.update(name, { stopped: { at: new Date().toISOString(), by: actor(), savepoint: null } });
    reconciler.store.log({ job: name, event: 'cancelled', jobId: job.id });
  });
}

/**
 * Takes a savepoint of a job that goes on running.
 * @returns where it is
 * @throws SuuupraError not_found, flink_job_failed
 */
export async function savepointJob(config: Config, name: string): Promise<string> {
  const reconciler = createReconciler(config);
  const job = await running(reconciler, name);
  const savepoint = await takeSavepoint(reconciler.cluster, job.id);
  reconciler.store.log({ job: name, event: 'savepoint', jobId: job.id, savepoint });
  return savepoint;
}

/** @throws SuuupraError not_found */
export async function running({ cluster }: Pick<Reconciler, 'cluster'>, name: string): Promise<Observed> {
  const jobs = await observe(cluster);
  const job = jobs.get(name);
  if (job && !hasEnded(job.state)) return job;
  const names = [...jobs.values()].filter(({ state }) => !hasEnded(state)).map((other) => other.name);
  throw new SuuupraError('not_found', `No job ${name} runs; ${names.length > 0 ? names.join(', ') : 'none'} does`);
}
