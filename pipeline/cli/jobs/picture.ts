import type { AppliedJob, HistoryEntry, JobStatus, PlannedJob } from '@suuupra/flink';
import pc from 'picocolors';
import { table } from '../stack/picture.ts';

const NONE = '–';

export const planTable = (plan: readonly PlannedJob[]): string =>
  table(
    ['job', 'is', 'action', 'version', 'job id'],
    plan.map(({ name, difference, action, wanted, observed }) => [
      name,
      colour(difference)(difference),
      action,
      String(wanted?.header.version ?? observed?.version ?? NONE),
      observed?.id ?? NONE,
    ]),
  );

export const appliedTable = (applied: readonly AppliedJob[]): string =>
  table(
    ['job', 'was', 'job id', 'went on from'],
    applied.map(({ name, difference, jobId, from }) => [name, difference, jobId ?? NONE, from ?? NONE]),
  );

export const statusTable = (jobs: readonly JobStatus[]): string =>
  table(
    [
      'job',
      'state',
      'is',
      'up',
      'restarts',
      'complete to',
      'lag',
      'pressure',
      'checkpoint',
      'malformed',
      'late dropped',
    ],
    jobs.map((job) => [
      job.name,
      job.state ?? NONE,
      colour(job.difference)(job.difference),
      job.uptimeMs === null ? NONE : duration(job.uptimeMs),
      text(job.restarts),
      job.watermark ?? NONE,
      text(job.lag),
      job.backPressure ?? NONE,
      checkpoint(job),
      text(job.counters?.malformed ?? null),
      text(job.counters?.lateDropped ?? null),
    ]),
  );

/** Jobs that failed or restarted, and why. */
export const failureLines = (jobs: readonly JobStatus[]): readonly string[] =>
  jobs.flatMap(({ name, lastFailure }) => (lastFailure === null ? [] : [`${pc.red(name)}: ${lastFailure}`]));

export const historyTable = (entries: readonly HistoryEntry[]): string =>
  table(
    ['time', 'by', 'job', 'event', 'version', 'job id', 'savepoint', ''],
    entries.map(({ at, by, job, event, version, jobId, savepoint, error }) => [
      at,
      by,
      job,
      event,
      text(version ?? null),
      jobId ?? NONE,
      savepoint ?? NONE,
      error ?? '',
    ]),
  );

const GOOD = new Set(['running', 'stopped']);
const colour = (difference: string): ((text: string) => string) => (GOOD.has(difference) ? pc.green : pc.yellow);

const text = (value: number | null): string => (value === null ? NONE : String(value));

function checkpoint({ checkpoint: last }: JobStatus): string {
  if (!last) return NONE;
  return `${(last.sizeBytes / 2 ** 20).toFixed(1)} MB in ${String(last.durationMs)} ms, ${duration(last.ageMs)} ago`;
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${String(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${String(minutes)} min` : `${String(Math.round(minutes / 60))} h`;
}
