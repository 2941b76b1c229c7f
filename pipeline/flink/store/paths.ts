import path from 'node:path';
import type { Config } from '@suuupra/core';

/** Where the reconciler keeps what must survive every process. The SQL Gateway must see it under the same path. */
export interface StorePaths {
  readonly directory: string;
  readonly state: string;
  readonly history: string;
  readonly lock: string;
  readonly library: string;
  /** Compiled plans of a job. */
  plans(job: string): string;
}

export function storePaths({ home }: Pick<Config, 'home'>): StorePaths {
  const directory = path.join(home, 'data', 'jobs');
  return {
    directory,
    state: path.join(directory, 'jobs.json'),
    history: path.join(directory, 'history.jsonl'),
    lock: path.join(directory, 'lock'),
    library: path.join(directory, 'library'),
    plans: (job) => path.join(directory, 'plans', job),
  };
}
