import { SuuupraError } from '@suuupra/core';
import { literal } from '../jobs/placeholders.ts';
import type { Job } from '../jobs/job.ts';
import { compilePlan, type StoredPlan } from '../plans/compile.ts';
import type { Submission } from '../store/records.ts';
import type { Reconciler } from './context.ts';
import { PARAMETERS, placed, withJobSession, type SessionJob } from './session.ts';

/** Where a job takes its state from. */
export interface Restore {
  readonly path: string;
  /**
   * Whether Flink may delete it once newer checkpoints replace it: yes for the checkpoint of a job that is gone, no for
   * a savepoint, to which one may want to return.
   */
  readonly claim: boolean;
}

export const sessionJob = (job: Job): SessionJob => ({
  name: job.name,
  hash: job.hash,
  version: job.header.version,
  parallelism: job.header.parallelism,
  checkpointInterval: job.header.checkpointInterval,
  stateTtl: job.header.stateTtl,
  prepare: [...job.script.prepare],
});

/**
 * Compiles a job: what would be submitted, and with which plan.
 * @throws SuuupraError flink_statement_failed with file and line
 */
export async function compile(reconciler: Reconciler, job: Job): Promise<{ submission: Submission; plan: StoredPlan }> {
  const base = sessionJob(job);
  const plan = await withJobSession(reconciler, base, {}, (session) =>
    placed(job.script.run, () => compilePlan(session, job.script.run, reconciler.store.paths.plans(job.name))),
  );
  return { submission: { ...base, plan: { hash: plan.hash, file: plan.file } }, plan };
}

/**
 * Starts a job from its compiled plan.
 * @returns the id of the job on the cluster; it does not run yet
 * @throws SuuupraError flink_statement_failed, flink_unreachable
 */
export async function submit(
  reconciler: Reconciler,
  submission: Submission,
  restore: Restore | undefined,
): Promise<string> {
  const parameters = [
    `${PARAMETERS.hash}:${submission.hash}`,
    `${PARAMETERS.version}:${String(submission.version)}`,
    `${PARAMETERS.plan}:${submission.plan.hash}`,
  ];
  const properties = { 'pipeline.global-job-parameters': parameters.join(','), ...restoreProperties(restore) };
  return withJobSession(reconciler, submission, properties, (session) =>
    executePlan(() => session.execute(`EXECUTE PLAN ${literal(submission.plan.file)}`), submission.name),
  );
}

export const restoreProperties = (restore: Restore | undefined): Record<string, string> =>
  restore
    ? {
        'execution.state-recovery.path': restore.path,
        'execution.state-recovery.claim-mode': restore.claim ? 'CLAIM' : 'NO_CLAIM',
      }
    : {};

export async function executePlan(
  execute: () => Promise<{ jobId: string | undefined }>,
  name: string,
): Promise<string> {
  const { jobId } = await execute();
  if (jobId === undefined) throw new SuuupraError('flink_job_failed', `Flink started no job for ${name}`);
  return jobId;
}
