import fs from 'node:fs';
import { SuuupraError, errorMessage } from '@suuupra/core';
import { stopWithSavepoint } from '../cluster/savepoints.ts';
import { waitState } from '../cluster/wait.ts';
import type { Job } from '../jobs/job.ts';
import { parsePlan, type CompiledPlan } from '../plans/compiled-plan.ts';
import type { Run, Submission } from '../store/records.ts';
import { actor } from '../store/store.ts';
import type { Reconciler } from './context.ts';
import type { Observed } from './observe.ts';
import { pruneSavepoints } from './prune.ts';
import { compile, submit, type Restore } from './submit.ts';
import { tryOnSavepoint } from './trial.ts';
import { verify } from './verify.ts';

const STOP_MS = 60_000;

/**
 * Replaces a running job by what its file wants now: compile, try the new plan on a savepoint unless it is the same
 * plan, stop the old job with a savepoint, start the new one from it, verify, else start the old one again from the
 * same savepoint.
 * @throws SuuupraError flink_upgrade_refused (the old job was not touched), flink_job_failed (it was started again)
 */
export async function replace(
  reconciler: Reconciler,
  job: Job,
  observed: Observed,
  previous: Run | null,
): Promise<Run> {
  const { store } = reconciler;
  const { submission, plan } = await compile(reconciler, job);
  const running = previous && previous.jobId === observed.id ? previous.submission : undefined;
  const samePlan = observed.plan === plan.hash;
  if (job.header.upgrade !== 'stateless' && !samePlan) {
    const runningPlan = running && readPlan(running);
    if (!runningPlan)
      throw new SuuupraError('flink_upgrade_refused', `${job.name} runs with a plan that this store does not know`, {
        hint: 'Run `suuupra jobs apply` where it was submitted, or set `@upgrade stateless` in its file.',
      });
    await tryOnSavepoint(reconciler, job, plan, { id: observed.id, plan: runningPlan });
  }
  const restore = await stop(reconciler, job, observed);
  const from = job.header.upgrade === 'stateless' ? undefined : restore;
  try {
    const run = await start(reconciler, submission, from);
    store.log({ ...summary(run), event: 'replaced' });
    await pruneSavepoints(reconciler, job.name);
    return run;
  } catch (error) {
    store.log({ job: job.name, event: 'failed', hash: job.hash, savepoint: restore.path, error: errorMessage(error) });
    if (running) await rollBack(reconciler, running, restore, error);
    throw error;
  }
}

async function stop({ cluster, store }: Reconciler, job: Job, observed: Observed): Promise<Restore> {
  if (job.header.upgrade === 'last-state') {
    const { latest } = await cluster.checkpoints(observed.id);
    if (!latest.completed)
      throw new SuuupraError('flink_job_failed', `${job.name} has completed no checkpoint to go on from`);
    await cluster.cancel(observed.id);
    await waitState(cluster, observed.id, ['CANCELED'], { timeoutMs: STOP_MS });
    return { path: latest.completed.external_path, claim: false };
  }
  const savepoint = await stopWithSavepoint(cluster, observed.id);
  await waitState(cluster, observed.id, ['FINISHED'], { timeoutMs: STOP_MS });
  store.log({ job: job.name, event: 'savepoint', jobId: observed.id, savepoint });
  return { path: savepoint, claim: false };
}

/**
 * Starts the old job again where the new one was to begin.
 * @throws SuuupraError flink_job_failed, always: that the new one did not work, and why
 */
export async function rollBack(
  reconciler: Reconciler,
  old: Submission,
  restore: Restore,
  reason: unknown,
): Promise<never> {
  const run = await start(reconciler, old, restore);
  reconciler.store.log({ ...summary(run), event: 'rolled_back', error: errorMessage(reason) });
  throw new SuuupraError(
    'flink_job_failed',
    `${old.name}: the new version did not work, version ${String(old.version)} runs again: ${errorMessage(reason)}`,
    { cause: reason, details: { job: old.name, jobId: run.jobId } },
  );
}

/**
 * Starts a job, waits until it is known to work, and remembers it.
 * @throws SuuupraError flink_statement_failed, flink_job_failed
 */
export async function start(
  reconciler: Reconciler,
  submission: Submission,
  restore: Restore | undefined,
): Promise<Run> {
  const jobId = await submit(reconciler, submission, restore);
  const run: Run = {
    submission,
    jobId,
    startedAt: new Date().toISOString(),
    startedBy: actor(),
    from: restore?.path ?? null,
  };
  // Before it is verified: if this process dies now, the next one must know from which job to recover.
  reconciler.store.update(submission.name, { run, stopped: null, checkpoint: null });
  await verify(reconciler, jobId);
  return run;
}

export const summary = ({ submission, jobId, from }: Run) => ({
  job: submission.name,
  version: submission.version,
  hash: submission.hash,
  plan: submission.plan.hash,
  jobId,
  savepoint: from,
});

function readPlan({ plan }: Submission): CompiledPlan | undefined {
  return fs.existsSync(plan.file) ? parsePlan(fs.readFileSync(plan.file, 'utf8')) : undefined;
}
