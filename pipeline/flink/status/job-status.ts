import { hasEnded } from '../cluster/job-manager.ts';
import type { JobState } from '../cluster/answers.ts';
import { createReconciler, type Reconciler } from '../reconcile/context.ts';
import { currentPlan } from '../reconcile/apply.ts';
import type { Difference, PlannedJob } from '../reconcile/plan.ts';
import type { Config } from '@suuupra/core';
import { groupLag } from './lag.ts';
import { jobCounters, type JobCounters } from './vertex-metrics.ts';

export interface CheckpointStatus {
  /** Milliseconds since it was begun. */
  readonly ageMs: number;
  readonly durationMs: number;
  readonly sizeBytes: number;
  readonly failed: number;
}

/** One job as it is now. */
export interface JobStatus {
  readonly name: string;
  readonly difference: Difference;
  readonly version: number | null;
  readonly owner: string | null;
  readonly jobId: string | null;
  readonly state: JobState | null;
  readonly uptimeMs: number | null;
  readonly restarts: number | null;
  readonly lastFailure: string | null;
  /** Results are complete up to here, by the clock of the events (ISO 8601); null until all partitions have told. */
  readonly watermark: string | null;
  /** Messages not read yet. */
  readonly lag: number | null;
  /** ok, low or high: whether an operator cannot keep up with those before it. */
  readonly backPressure: string | null;
  readonly checkpoint: CheckpointStatus | null;
  readonly counters: JobCounters | null;
}

/**
 * All jobs: those of the files, and those of ours that run without one.
 * @throws SuuupraError flink_unreachable, kafka_unreachable
 */
export async function jobsStatus(config: Config): Promise<readonly JobStatus[]> {
  const reconciler = createReconciler(config);
  return Promise.all((await currentPlan(reconciler, {})).map((planned) => statusOf(reconciler, planned)));
}

async function statusOf(reconciler: Reconciler, planned: PlannedJob): Promise<JobStatus> {
  const { name, difference, observed, wanted, record } = planned;
  const version = observed?.version === undefined ? record.run?.submission.version : Number(observed.version);
  const base = { name, difference, version: version ?? null, owner: wanted?.header.owner ?? null };
  const reads = wanted?.header.reads ?? [];
  const lag = reads.length > 0 ? await groupLag(reconciler.config, `flink_${name}`, reads) : null;
  if (!observed) return { ...base, ...NOT_THERE, lag };
  const running = hasEnded(observed.state) ? NOT_RUNNING : await runningFacts(reconciler, observed.id);
  const lastFailure = (await reconciler.cluster.lastFailure(observed.id)) ?? null;
  const uptimeMs = Date.now() - observed.startedAt;
  return { ...base, jobId: observed.id, state: observed.state, uptimeMs, lastFailure, lag, ...running };
}

const NOT_RUNNING = { restarts: null, watermark: null, backPressure: null, checkpoint: null, counters: null };
const NOT_THERE = { jobId: null, state: null, uptimeMs: null, lastFailure: null, ...NOT_RUNNING };

async function runningFacts({ cluster }: Reconciler, id: string) {
  const vertices = (await cluster.job(id)).vertices.map((vertex) => vertex.id);
  const [metrics, checkpoints, watermarks, pressures, counters] = await Promise.all([
    cluster.metrics(`/jobs/${id}`, ['numRestarts']),
    cluster.checkpoints(id),
    Promise.all(vertices.map((vertex) => cluster.watermarks(id, vertex))),
    Promise.all(vertices.map((vertex) => cluster.backPressure(id, vertex))),
    jobCounters(cluster, id, vertices),
  ]);
  const { latest, counts } = checkpoints;
  const known = watermarks.flat();
  return {
    restarts: metrics.get('numRestarts') ?? null,
    watermark: known.length > 0 ? new Date(Math.min(...known)).toISOString() : null,
    backPressure: worst(pressures.map(({ backpressureLevel }) => backpressureLevel ?? 'ok')),
    checkpoint: latest.completed
      ? {
          ageMs: Date.now() - latest.completed.trigger_timestamp,
          durationMs: latest.completed.end_to_end_duration,
          sizeBytes: latest.completed.state_size,
          failed: counts.failed,
        }
      : null,
    counters,
  };
}

const LEVELS = ['ok', 'low', 'high'];
const worst = (levels: readonly string[]): string =>
  LEVELS[Math.max(0, ...levels.map((level) => LEVELS.indexOf(level)))] ?? 'ok';
