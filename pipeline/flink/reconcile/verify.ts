import { hasEnded } from '../cluster/job-manager.ts';
import { waitCheckpoint, waitRunning } from '../cluster/wait.ts';
import type { Reconciler } from './context.ts';

/** Until all tasks have restored their state. Large states are read lazily, so a minute is long. */
const RUNNING_MS = 90_000;
/** Until the first checkpoint: that the state can be written, and that the sinks could commit. */
const CHECKPOINT_MS = 90_000;

/**
 * Makes sure that a job works: all its tasks run, and a checkpoint was completed since.
 * @throws SuuupraError flink_job_failed with the cause; the job is then cancelled
 */
export async function verify(reconciler: Reconciler, jobId: string): Promise<void> {
  try {
    await waitRunning(reconciler.cluster, jobId, { timeoutMs: RUNNING_MS });
    await waitCheckpoint(reconciler.cluster, jobId, { timeoutMs: CHECKPOINT_MS });
  } catch (error) {
    await discard(reconciler, jobId);
    throw error;
  }
}

/** Cancels a job of which nobody wants anything more. */
export async function discard({ cluster, log }: Reconciler, jobId: string): Promise<void> {
  try {
    if (!hasEnded((await cluster.job(jobId)).state)) await cluster.cancel(jobId);
  } catch (error) {
    log.warn({ err: error, jobId }, 'a job that did not work could not be cancelled');
  }
}
