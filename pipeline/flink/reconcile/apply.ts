import { SuuupraError, errorMessage, type Config, type Logger } from '@suuupra/core';
import type { Job } from '../jobs/job.ts';
import { loadJobs } from '../jobs/load.ts';
import { withLock } from '../store/lock.ts';
import type { JobRecord, Run } from '../store/records.ts';
import { createReconciler, type Reconciler } from './context.ts';
import { observe } from './observe.ts';
import { ACTIONS, planJobs, type Difference, type PlannedJob } from './plan.ts';
import { replace, rollBack, start, summary } from './replace.ts';
import { checkSources, prepareResults } from './requirements.ts';
import { resumePoint } from './resume.ts';
import { compile } from './submit.ts';

export interface ApplyOptions {
  /** Default: the jobs of sql/flink. */
  readonly jobs?: readonly Job[];
  /** Only these; a job that a person stopped is started when it is named here. */
  readonly only?: readonly string[];
  readonly log?: Logger;
}

/** What was done about one job. */
export interface AppliedJob {
  readonly name: string;
  readonly difference: Difference;
  readonly jobId: string | undefined;
  /** What it went on from; null: empty state. */
  readonly from: string | null;
  readonly error: SuuupraError | undefined;
}

/**
 * Reaches the state that the files want: submits what does not run, leaves what runs unchanged, replaces what changed,
 * and recovers what was lost from its newest checkpoint. Applying again changes nothing.
 * @throws SuuupraError jobs_locked; the error of a job that failed, after all others were handled
 */
export async function applyJobs(config: Config, options: ApplyOptions = {}): Promise<readonly AppliedJob[]> {
  const reconciler = createReconciler(config, options.log);
  const applied = await withLock(reconciler.store.paths.lock, async () => {
    const results: AppliedJob[] = [];
    // One after another: each needs slots of the same TaskManager while it is replaced.
    for (const planned of await currentPlan(reconciler, options)) results.push(await apply(reconciler, planned));
    return results;
  });
  const failed = applied.find(({ error }) => error !== undefined);
  if (failed?.error) throw failed.error;
  return applied;
}

/** What applying would do now. */
export async function currentPlan(
  reconciler: Reconciler,
  { jobs, only }: ApplyOptions,
): Promise<readonly PlannedJob[]> {
  const wanted = jobs ?? loadJobs(reconciler.config);
  const unknown = only?.find((name) => !wanted.some((job) => job.name === name));
  if (unknown !== undefined) throw new SuuupraError('not_found', `There is no job ${unknown}`);
  const plan = planJobs(wanted, await observe(reconciler.cluster), (name) => reconciler.store.record(name));
  if (only === undefined) return plan;
  return plan
    .filter(({ name }) => only.includes(name))
    .map((job) => (job.difference === 'stopped' ? { ...job, difference: 'lost', action: ACTIONS.lost } : job));
}

async function apply(reconciler: Reconciler, planned: PlannedJob): Promise<AppliedJob> {
  const { name, difference, observed } = planned;
  try {
    const run = await carryOut(reconciler, planned);
    return { name, difference, jobId: run?.jobId ?? observed?.id, from: run?.from ?? null, error: undefined };
  } catch (error) {
    const known =
      error instanceof SuuupraError
        ? error
        : new SuuupraError('internal', `${name}: ${errorMessage(error)}`, { cause: error });
    const event = known.code === 'flink_upgrade_refused' ? 'refused' : 'failed';
    reconciler.store.log({ job: name, event, error: known.message });
    return { name, difference, jobId: observed?.id, from: null, error: known };
  }
}

async function carryOut(reconciler: Reconciler, planned: PlannedJob): Promise<Run | undefined> {
  const { wanted, observed, record, difference } = planned;
  if (!wanted || difference === 'running' || difference === 'stopped' || difference === 'orphaned') return undefined;
  await checkSources(reconciler.config, wanted);
  await prepareResults(reconciler.config, [wanted]);
  if (observed && (difference === 'changed' || difference === 'drifted'))
    return replace(reconciler, wanted, observed, record.run);
  return bringBack(reconciler, wanted, record);
}

/**
 * Starts a job that does not run, from the state that is left of it. If its file was changed meanwhile and the state
 * does not fit, the job comes back as it was.
 */
async function bringBack(reconciler: Reconciler, wanted: Job, record: JobRecord): Promise<Run> {
  const restore = await resumePoint(reconciler, record);
  const last = record.run?.submission;
  const submission = last?.hash === wanted.hash ? last : (await compile(reconciler, wanted)).submission;
  try {
    const run = await start(reconciler, submission, restore);
    reconciler.store.log({ ...summary(run), event: restore ? 'recovered' : 'submitted' });
    return run;
  } catch (error) {
    const otherPlan = last !== undefined && last.plan.hash !== submission.plan.hash;
    if (restore && otherPlan) await rollBack(reconciler, last, restore, error);
    throw error;
  }
}
