import { SuuupraError } from '@suuupra/core';
import type * as v from 'valibot';
import { innermostCause } from '../rest/cause.ts';
import { poll } from '../rest/wait.ts';
import { Triggered, TriggerStatus } from './answers.ts';
import type { JobManager } from './job-manager.ts';

export interface SavepointOptions {
  /** Where it goes; default: the cluster's `execution.checkpointing.savepoint-dir`. */
  readonly directory?: string | undefined;
  /** Default 120 s. */
  readonly timeoutMs?: number | undefined;
}

const DEFAULT_TIMEOUT_MS = 120_000;

/**
 * Takes a savepoint of a job that goes on running.
 * @returns where it is
 * @throws SuuupraError flink_job_failed, not_found, flink_unreachable
 */
export function takeSavepoint(cluster: JobManager, id: string, options: SavepointOptions = {}): Promise<string> {
  const body = { 'cancel-job': false, ...(options.directory ? { 'target-directory': options.directory } : {}) };
  return trigger(cluster, id, `/jobs/${id}/savepoints`, body, options);
}

/**
 * Stops a job with a savepoint: what the job has taken in is in the savepoint, what it has put out is committed, and
 * nothing is emitted ahead of time.
 * @returns where the savepoint is
 * @throws SuuupraError flink_job_failed (the job then goes on), not_found, flink_unreachable
 */
export function stopWithSavepoint(cluster: JobManager, id: string, options: SavepointOptions = {}): Promise<string> {
  const body = { drain: false, ...(options.directory ? { targetDirectory: options.directory } : {}) };
  return trigger(cluster, id, `/jobs/${id}/stop`, body, options);
}

/**
 * Deletes a savepoint with everything in it.
 * @throws SuuupraError flink_job_failed, flink_unreachable
 */
export async function disposeSavepoint(cluster: JobManager, location: string): Promise<void> {
  const body = { 'savepoint-path': location };
  const done = await carryOut(cluster, '/savepoint-disposal', '/savepoint-disposal', body, DEFAULT_TIMEOUT_MS);
  const failure = done?.operation?.['failure-cause'];
  if (done && !failure) return;
  const cause = failure ? innermostCause(failure['stack-trace']) : 'it takes too long';
  throw new SuuupraError('flink_job_failed', `Savepoint ${location} was not deleted: ${cause}`);
}

async function trigger(
  cluster: JobManager,
  id: string,
  path: string,
  body: unknown,
  options: SavepointOptions,
): Promise<string> {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const done = await carryOut(cluster, path, `/jobs/${id}/savepoints`, body, timeoutMs);
  if (!done)
    throw new SuuupraError('flink_job_failed', `Job ${id} took no savepoint within ${String(timeoutMs / 1000)} s`);
  const failure = done.operation?.['failure-cause'];
  const location = done.operation?.location;
  if (failure || !location) {
    const cause = failure ? innermostCause(failure['stack-trace']) : 'Flink named no place';
    throw new SuuupraError('flink_job_failed', `Job ${id} took no savepoint: ${cause}`);
  }
  return location;
}

/**
 * Starts something that takes its time, and asks until it is done.
 * @param statusPath where the ticket is asked about
 * @returns undefined when the time is over
 */
async function carryOut(
  cluster: JobManager,
  path: string,
  statusPath: string,
  body: unknown,
  timeoutMs: number,
): Promise<v.InferOutput<typeof TriggerStatus> | undefined> {
  const { 'request-id': ticket } = await cluster.call('POST', path, Triggered, { body });
  return poll(
    async () => {
      const answer = await cluster.call('GET', `${statusPath}/${ticket}`, TriggerStatus);
      return answer.status.id === 'COMPLETED' ? answer : undefined;
    },
    { timeoutMs },
  );
}
