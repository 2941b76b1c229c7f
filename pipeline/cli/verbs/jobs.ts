import { SuuupraError, type Config } from '@suuupra/core';
import {
  JobStore,
  applyJobs,
  cancelJob,
  createReconciler,
  currentPlan,
  explainJob,
  jobLog,
  jobsStatus,
  nothingToDo,
  savepointJob,
  stopJob,
  watchJobs,
  type AppliedJob,
  type JobStatus,
  type PlannedJob,
} from '@suuupra/flink';
import { InvalidArgumentError, type Command } from 'commander';
import type { Register } from '../context.ts';
import { appliedTable, failureLines, historyTable, planTable, statusTable } from '../jobs/picture.ts';
import { rebuild, type Range } from '../jobs/rebuild.ts';

interface Json {
  readonly json?: true;
}

/** Exit code of `jobs plan` when something is to be done, for scripts that only want to know. */
const EXIT_DIFFERENT = 3;

export const register: Register = (program, context) => {
  const jobs = program
    .command('jobs')
    .description('Operates the Flink jobs of sql/flink: what runs is made to be what the files say.');
  const verb = (name: string, description: string): Command =>
    jobs.command(name).description(description).option('--json', 'print the answer as JSON');

  verb('plan', 'Shows how the jobs that run differ from the files. Ends with 3 if something is to be done.').action(
    async ({ json }: Json) => {
      const plan = await currentPlan(createReconciler(context.loadConfig()), {});
      print(json, plan.map(plannedJson), () =>
        nothingToDo(plan) ? `${planTable(plan)}\nnothing to do` : planTable(plan),
      );
      process.exitCode = nothingToDo(plan) ? 0 : EXIT_DIFFERENT;
    },
  );
  verb(
    'apply',
    'Submits what does not run, replaces what changed (stop with a savepoint, go on from it, verify, else back to the old one), brings back what was lost. A stopped job is started when it is named.',
  )
    .argument('[job...]', 'only these')
    .action(async (names: string[], { json }: Json) => {
      const applied = await applyJobs(context.loadConfig(), names.length > 0 ? { only: names } : {});
      print(json, applied.map(appliedJson), () => appliedTable(applied));
    });
  verb('status', 'Shows the jobs with state, lag, watermark, back-pressure, checkpoints and restarts.').action(
    async ({ json }: Json) => {
      const status = await jobsStatus(context.loadConfig());
      print(json, status, () => [statusTable(status), ...failureLines(status)].join('\n'));
      process.exitCode = status.every(isWell) ? 0 : 1;
    },
  );
  jobs
    .command('watch')
    .description('Keeps the jobs running until Ctrl-C: brings back what failed or was lost, within a budget.')
    .action(async () => {
      await untilInterrupted((signal) => watchJobs(context.loadConfig(), { signal }));
    });
  jobs
    .command('explain')
    .argument('<job>')
    .description('Prints the operators of a running job as a tree, its results first.')
    .action(async (name: string) => {
      console.log(await explainJob(context.loadConfig(), name));
    });
  savepointVerbs(verb, context.loadConfig);
  verb('history', 'Shows who ran what, from which savepoint.')
    .argument('[job]')
    .action((name: string | undefined, { json }: Json) => {
      const entries = new JobStore(context.loadConfig()).history(name);
      print(json, entries, () => historyTable(entries));
    });
  verb('rebuild', 'Computes the results of a job anew from the stored events, late and imported ones too.')
    .argument('<job>')
    .requiredOption(
      '--from <time>',
      'begin of the range, ISO 8601 such as 2026-03-01 or 2026-03-01T09:30:00Z',
      parseTime,
    )
    .requiredOption('--to <time>', 'end of the range, not included', parseTime)
    .action(async (job: string, { json, from, to }: Json & Range) => {
      if (from >= to) throw new SuuupraError('usage_invalid', '--from must be before --to');
      await rebuild(context.loadConfig(), job, { from, to });
      const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
      print(json, { job, ...range }, () => `${job} is rebuilt from ${range.from} to ${range.to}`);
    });
  jobs
    .command('logs')
    .description('Prints what JobManager and TaskManagers wrote.')
    .action(async () => {
      console.log(await jobLog(context.loadConfig()));
    });
};

function savepointVerbs(verb: (name: string, description: string) => Command, loadConfig: () => Config): void {
  verb('stop', 'Stops a job with a savepoint. It stays stopped until `jobs apply JOB`.')
    .argument('<job>')
    .action(async (job: string, { json }: Json) => {
      const savepoint = await stopJob(loadConfig(), job);
      print(json, { job, savepoint }, () => savepoint);
    });
  verb('savepoint', 'Takes a savepoint of a job that goes on.')
    .argument('<job>')
    .action(async (job: string, { json }: Json) => {
      const savepoint = await savepointJob(loadConfig(), job);
      print(json, { job, savepoint }, () => savepoint);
    });
  verb('cancel', 'Ends a job at once, without a savepoint. `jobs apply JOB` goes on from its newest checkpoint.')
    .argument('<job>')
    .action(async (job: string, { json }: Json) => {
      await cancelJob(loadConfig(), job);
      print(json, { job }, () => `${job} was cancelled`);
    });
}

/** A day is its begin in UTC. */
function parseTime(text: string): number {
  const at = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError('a time such as 2026-03-01 or 2026-03-01T09:30:00Z');
  return at;
}

function print(json: true | undefined, answer: unknown, picture: () => string): void {
  console.log(json ? JSON.stringify(answer, null, 2) : picture());
}

const plannedJson = ({ name, difference, action, wanted, observed, record }: PlannedJob) => ({
  job: name,
  difference,
  action,
  version: wanted?.header.version ?? null,
  hash: wanted?.hash ?? null,
  running: observed ? { job_id: observed.id, state: observed.state, hash: observed.hash ?? null } : null,
  stopped: record.stopped,
});

const appliedJson = ({ name, difference, jobId, from }: AppliedJob) => ({
  job: name,
  difference,
  job_id: jobId ?? null,
  from,
});

const isWell = ({ difference, state }: JobStatus): boolean =>
  difference === 'stopped' || (difference === 'running' && state === 'RUNNING');

async function untilInterrupted(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const interrupt = new AbortController();
  const onSignal = (): void => {
    interrupt.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, onSignal);
  await work(interrupt.signal);
}
