import { SuuupraError } from '@suuupra/core';
import { poll, type WaitOptions } from '../rest/wait.ts';
import type { JobDetails, JobState } from './answers.ts';
import { hasEnded, type JobManager } from './job-manager.ts';

/** A job that was restarted this often before it worked once will not work by being restarted again. */
const MOST_RESTARTS = 3;

/**
 * Waits until every task of a job runs: a job is called RUNNING long before its tasks have restored their state.
 * @throws SuuupraError flink_job_failed with the cause, if it ends, fails again and again, or takes too long
 */
export async function waitRunning(cluster: JobManager, id: string, options: WaitOptions): Promise<void> {
  const running = await poll(async () => {
    const job = await cluster.job(id);
    await failEarly(cluster, job);
    return job.state === 'RUNNING' && job.vertices.every(({ status }) => status === 'RUNNING') ? true : undefined;
  }, options);
  if (!running) throw await failure(cluster, id, `does not run after ${String(options.timeoutMs / 1000)} s`);
}

/**
 * Waits until a job has completed a checkpoint since it was started: only then does it hold its state, and have its
 * transactional sinks committed anything.
 * @throws SuuupraError flink_job_failed with the cause
 */
export async function waitCheckpoint(cluster: JobManager, id: string, options: WaitOptions): Promise<void> {
  const completed = await poll(async () => {
    await failEarly(cluster, await cluster.job(id));
    return (await cluster.checkpoints(id)).counts.completed > 0 ? true : undefined;
  }, options);
  if (!completed)
    throw await failure(cluster, id, `has completed no checkpoint after ${String(options.timeoutMs / 1000)} s`);
}

/** Waits until a job is in one of some states; a job that the cluster has forgotten has ended. */
export async function waitState(
  cluster: JobManager,
  id: string,
  states: readonly JobState[],
  options: WaitOptions,
): Promise<void> {
  let last: JobState | undefined;
  const reached = await poll(async () => {
    last = (await cluster.job(id)).state;
    return states.includes(last) ? true : undefined;
  }, options);
  if (!reached) throw await failure(cluster, id, `is ${String(last)}, not ${states.join(' or ')}`);
}

async function failEarly(cluster: JobManager, job: JobDetails): Promise<void> {
  if (hasEnded(job.state)) throw await failure(cluster, job.jid, `is ${job.state}`);
  const restarts = (await cluster.metrics(`/jobs/${job.jid}`, ['numRestarts'])).get('numRestarts') ?? 0;
  if (restarts >= MOST_RESTARTS) throw await failure(cluster, job.jid, `failed ${String(restarts)} times`);
}

async function failure(cluster: JobManager, id: string, what: string): Promise<SuuupraError> {
  const [job, cause] = await Promise.all([cluster.job(id), cluster.lastFailure(id)]);
  return new SuuupraError('flink_job_failed', `Job ${job.name} ${what}${cause ? `: ${cause}` : ''}`, {
    details: { job: job.name, id },
  });
}
