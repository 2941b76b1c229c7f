import type { JobState } from '../cluster/answers.ts';
import { hasEnded, type JobListing, type JobManager } from '../cluster/job-manager.ts';
import { PARAMETERS } from './session.ts';

/** A job on the cluster. */
export interface Observed {
  readonly id: string;
  readonly name: string;
  readonly state: JobState;
  readonly startedAt: number;
  /** What it was submitted from; absent for a job that is not ours. */
  readonly hash: string | undefined;
  readonly plan: string | undefined;
  readonly version: string | undefined;
}

/**
 * The jobs on the cluster, by name: of each name the one that has not ended, else the newest that failed. Jobs that
 * were stopped or cancelled are history and left out.
 */
export async function observe(cluster: JobManager): Promise<ReadonlyMap<string, Observed>> {
  const byName = new Map<string, JobListing>();
  for (const job of await cluster.jobs()) {
    if (job.state === 'CANCELED' || job.state === 'FINISHED') continue;
    const known = byName.get(job.name);
    if (!known || precedes(job, known)) byName.set(job.name, job);
  }
  const observed = await Promise.all([...byName.values()].map((job) => withParameters(cluster, job)));
  return new Map(observed.map((job) => [job.name, job]));
}

function precedes(job: JobListing, other: JobListing): boolean {
  if (hasEnded(job.state) !== hasEnded(other.state)) return !hasEnded(job.state);
  return job.startedAt > other.startedAt;
}

async function withParameters(cluster: JobManager, job: JobListing): Promise<Observed> {
  const parameters = await cluster.jobParameters(job.id);
  return {
    ...job,
    hash: parameters[PARAMETERS.hash],
    plan: parameters[PARAMETERS.plan],
    version: parameters[PARAMETERS.version],
  };
}
