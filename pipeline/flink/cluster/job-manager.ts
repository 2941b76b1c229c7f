import { SuuupraError } from '@suuupra/core';
import type * as v from 'valibot';
import { innermostCause } from '../rest/cause.ts';
import { FlinkResponseError, request, requestText, type RequestOptions } from '../rest/request.ts';
import {
  Anything,
  BackPressure,
  Checkpoints,
  ConfigEntries,
  Exceptions,
  JobConfig,
  JobDetails,
  JobsOverview,
  Metrics,
  Overview,
  Plan,
  TaskManagers,
  type JobState,
} from './answers.ts';

/** A job as the cluster lists it. */
export interface JobListing {
  readonly id: string;
  readonly name: string;
  readonly state: JobState;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/** States that a job does not leave. */
const ENDED: ReadonlySet<JobState> = new Set(['FAILED', 'CANCELED', 'FINISHED']);
export const hasEnded = (state: JobState): boolean => ENDED.has(state);

/**
 * Client of a Flink JobManager. Every call may throw SuuupraError flink_unreachable; calls about a job that the
 * cluster does not know throw not_found, and what it refuses is flink_job_failed with Flink's innermost cause.
 */
export class JobManager {
  readonly url: string;

  /** @param url such as http://127.0.0.1:8081 */
  constructor(url: string) {
    this.url = url.replace(/\/+$/, '');
  }

  overview(): Promise<v.InferOutput<typeof Overview>> {
    return this.call('GET', '/overview', Overview);
  }

  /** The configuration of the cluster; values of secrets are hidden by Flink. */
  async configuration(): Promise<ReadonlyMap<string, string>> {
    const entries = await this.call('GET', '/jobmanager/config', ConfigEntries);
    return new Map(entries.map(({ key, value }) => [key, value]));
  }

  /** All jobs that the cluster remembers, the ended too. */
  async jobs(): Promise<readonly JobListing[]> {
    const { jobs } = await this.call('GET', '/jobs/overview', JobsOverview);
    return jobs.map((job) => ({ id: job.jid, name: job.name, state: job.state, startedAt: job['start-time'] }));
  }

  job(id: string): Promise<JobDetails> {
    return this.call('GET', `/jobs/${id}`, JobDetails);
  }

  /** The parameters that a job was submitted with under `pipeline.global-job-parameters`. */
  async jobParameters(id: string): Promise<Readonly<Record<string, string>>> {
    const config = await this.call('GET', `/jobs/${id}/config`, JobConfig);
    return config['execution-config']?.['user-config'] ?? {};
  }

  checkpoints(id: string): Promise<Checkpoints> {
    return this.call('GET', `/jobs/${id}/checkpoints`, Checkpoints);
  }

  /** Why a job failed or restarted last, in one line; undefined if it never did. */
  async lastFailure(id: string): Promise<string | undefined> {
    const { exceptionHistory } = await this.call('GET', `/jobs/${id}/exceptions`, Exceptions);
    const latest = exceptionHistory.entries[0];
    return latest && innermostCause(latest.stacktrace ?? latest.exceptionName);
  }

  async plan(id: string): Promise<v.InferOutput<typeof Plan>['plan']> {
    return (await this.call('GET', `/jobs/${id}/plan`, Plan)).plan;
  }

  /**
   * Values of metrics under a path such as `/jobs/ID` or `/jobs/ID/vertices/V`; one that is not there is left out.
   * @param names at most a few: they travel in the address
   */
  async metrics(path: string, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const query = names.map(encodeURIComponent).join(',');
    const found = await this.call('GET', `${path}/metrics?get=${query}`, Metrics);
    return new Map(found.map(({ id, value }) => [id, Number(value)]));
  }

  /** Names of the metrics under a path. */
  async metricNames(path: string): Promise<readonly string[]> {
    return (await this.call('GET', `${path}/metrics`, Metrics)).map(({ id }) => id);
  }

  /** The watermark of each subtask of a vertex that has one, in milliseconds since 1970. */
  async watermarks(id: string, vertex: string): Promise<readonly number[]> {
    const found = await this.call('GET', `/jobs/${id}/vertices/${vertex}/watermarks`, Metrics);
    return found.map(({ value }) => Number(value)).filter((value) => value > 0);
  }

  backPressure(id: string, vertex: string): Promise<v.InferOutput<typeof BackPressure>> {
    return this.call('GET', `/jobs/${id}/vertices/${vertex}/backpressure`, BackPressure);
  }

  async cancel(id: string): Promise<void> {
    await this.call('PATCH', `/jobs/${id}?mode=cancel`, Anything);
  }

  async taskManagers(): Promise<readonly string[]> {
    return (await this.call('GET', '/taskmanagers', TaskManagers)).taskmanagers.map(({ id }) => id);
  }

  /** The log of the JobManager, or of a TaskManager. */
  async log(taskManager?: string): Promise<string> {
    const path = taskManager === undefined ? '/jobmanager/log' : `/taskmanagers/${taskManager}/log`;
    return explained(() => requestText(this.url + path));
  }

  /** A request to any endpoint, with this client's errors. */
  call<const S extends v.GenericSchema>(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    schema: S,
    options: RequestOptions = {},
  ): Promise<v.InferOutput<S>> {
    return explained(() => request(method, this.url + path, schema, options));
  }
}

const NOT_FOUND = 404;

async function explained<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof FlinkResponseError)) throw error;
    const code = error.status === NOT_FOUND ? 'not_found' : 'flink_job_failed';
    throw new SuuupraError(code, `Flink: ${error.message}`, { cause: error });
  }
}
