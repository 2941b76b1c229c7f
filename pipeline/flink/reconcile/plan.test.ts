import { describe, expect, it } from 'vitest';
import type { Job } from '../jobs/job.ts';
import { loadJob } from '../jobs/load.ts';
import { EMPTY_RECORD, type JobRecord } from '../store/records.ts';
import type { Observed } from './observe.ts';
import { nothingToDo, planJobs } from './plan.ts';

const JOB: Job = loadJob({ kafkaBrokersInternal: ['k:1'], registryUrlInternal: 'http://r' }, 'core_metrics');
const running = (fields: Partial<Observed> = {}): Observed => ({
  id: 'f00',
  name: JOB.name,
  state: 'RUNNING',
  startedAt: 0,
  hash: JOB.hash,
  plan: 'p',
  version: '1',
  ...fields,
});
const ran = (hash = JOB.hash): JobRecord => ({
  ...EMPTY_RECORD,
  run: {
    submission: {
      name: JOB.name,
      hash,
      version: 1,
      parallelism: 1,
      checkpointInterval: '5 s',
      stateTtl: '24 h',
      prepare: [],
      plan: { hash: 'p', file: 'p.json' },
    },
    jobId: 'f00',
    startedAt: '2026-01-01T00:00:00.000Z',
    startedBy: 'me',
    from: null,
  },
});
const stopped = { at: '2026-01-01T00:00:00.000Z', by: 'me', savepoint: 'file:/s' };

const difference = (observed: Observed | undefined, record: JobRecord, jobs = [JOB]): string | undefined =>
  planJobs(jobs, new Map(observed ? [[observed.name, observed]] : []), () => record)[0]?.difference;

describe('planJobs', () => {
  it.each([
    ['new', undefined, EMPTY_RECORD],
    ['running', running(), ran()],
    ['running', running({ state: 'RESTARTING' }), ran()],
    ['running', running(), EMPTY_RECORD],
    ['changed', running({ hash: 'old' }), ran('old')],
    ['drifted', running({ hash: 'other' }), ran('old')],
    ['drifted', running({ hash: undefined }), EMPTY_RECORD],
    ['lost', undefined, ran()],
    ['failed', running({ state: 'FAILED' }), ran()],
    ['stopped', undefined, { ...ran(), stopped }],
    ['stopped', running({ state: 'FAILED' }), { ...ran(), stopped }],
  ])('calls a job %s', (wanted, observed, record) => {
    expect(difference(observed, record)).toBe(wanted);
  });

  it('calls a job of ours without a file orphaned and leaves jobs of others out', () => {
    const plan = planJobs(
      [],
      new Map([
        ['a', running({ name: 'a' })],
        ['b', running({ name: 'b', hash: undefined })],
      ]),
      () => EMPTY_RECORD,
    );
    expect(plan.map(({ name, difference: is }) => [name, is])).toEqual([['a', 'orphaned']]);
  });

  it('has nothing to do where all runs, is stopped on purpose or has no file', () => {
    const plan = (observed: Observed) => planJobs([JOB], new Map([[JOB.name, observed]]), () => ran());
    expect(nothingToDo(plan(running()))).toBe(true);
    expect(nothingToDo(plan(running({ hash: 'old' })))).toBe(false);
  });
});
