import type { Job } from '../jobs/job.ts';
import { hasEnded } from '../cluster/job-manager.ts';
import type { JobRecord } from '../store/records.ts';
import type { Observed } from './observe.ts';

/**
 * How a job differs from what its file wants:
 * `new` never ran; `lost` ran, and the cluster does not know it any more; `failed` gave up on the cluster; `changed` the
 * file is another; `drifted` runs, but was not submitted from what the store says; `stopped` by a person;
 * `orphaned` runs without a file; `running` as wanted.
 */
export type Difference = 'new' | 'lost' | 'failed' | 'changed' | 'drifted' | 'stopped' | 'orphaned' | 'running';

/** What applying does about each. */
export const ACTIONS = {
  new: 'submit',
  lost: 'submit from the newest checkpoint',
  failed: 'submit from the newest checkpoint',
  changed: 'replace',
  drifted: 'replace',
  stopped: 'leave stopped',
  orphaned: 'leave running',
  running: 'nothing',
} as const satisfies Record<Difference, string>;

export interface PlannedJob {
  readonly name: string;
  readonly difference: Difference;
  readonly action: (typeof ACTIONS)[Difference];
  readonly wanted: Job | undefined;
  readonly observed: Observed | undefined;
  readonly record: JobRecord;
}

/** Compares what the files want with what the cluster runs and what the store remembers. Pure. */
export function planJobs(
  jobs: readonly Job[],
  observed: ReadonlyMap<string, Observed>,
  recordOf: (name: string) => JobRecord,
): readonly PlannedJob[] {
  const wanted = jobs.map((job) => planned(job.name, job, observed.get(job.name), recordOf(job.name)));
  const names = new Set(jobs.map(({ name }) => name));
  // Jobs that carry no hash of ours belong to others.
  const orphans = [...observed.values()].filter(
    (job) => !names.has(job.name) && job.hash !== undefined && !hasEnded(job.state),
  );
  return [...wanted, ...orphans.map((job) => planned(job.name, undefined, job, recordOf(job.name)))];
}

function planned(name: string, wanted: Job | undefined, observed: Observed | undefined, record: JobRecord): PlannedJob {
  const difference = differenceOf(wanted, observed, record);
  return { name, difference, action: ACTIONS[difference], wanted, observed, record };
}

function differenceOf(wanted: Job | undefined, observed: Observed | undefined, record: JobRecord): Difference {
  if (!wanted) return 'orphaned';
  if (observed && !hasEnded(observed.state)) {
    if (observed.hash === wanted.hash) return 'running';
    return record.run !== null && observed.hash === record.run.submission.hash ? 'changed' : 'drifted';
  }
  if (record.stopped) return 'stopped';
  if (observed) return 'failed';
  return record.run ? 'lost' : 'new';
}

/** Whether applying would change nothing. */
export const nothingToDo = (plan: readonly PlannedJob[]): boolean =>
  plan.every(({ difference }) => ['running', 'stopped', 'orphaned'].includes(difference));
