import { setTimeout as sleep } from 'node:timers/promises';
import { SuuupraError, createLogger, errorMessage, isSuuupraError, type Config, type Logger } from '@suuupra/core';
import { hasEnded } from '../cluster/job-manager.ts';
import { applyJobs, currentPlan } from './apply.ts';
import { createReconciler, type Reconciler } from './context.ts';
import type { PlannedJob } from './plan.ts';

export interface WatchOptions {
  readonly signal: AbortSignal;
  /** Default 10 s. */
  readonly intervalMs?: number;
  readonly log?: Logger;
}

const INTERVAL_MS = 10_000;
/** A job that was brought back this often within the time below is left as it is, for a person to look at. */
const BUDGET = 3;
const BUDGET_MS = 10 * 60_000;

/**
 * Keeps jobs as their files want them until the signal: brings back what failed or was lost from the newest checkpoint,
 * within a budget, and notes the newest checkpoint of each job. It does not replace changed jobs: that is for
 * `jobs apply`, which a person calls. A cluster that does not answer is waited for.
 */
export async function watchJobs(config: Config, options: WatchOptions): Promise<void> {
  const log = options.log ?? createLogger('jobs', config.logLevel);
  const reconciler = createReconciler(config, log);
  const budget = new RestartBudget();
  while (!options.signal.aborted) {
    try {
      await round(reconciler, budget);
    } catch (error) {
      log.warn({ code: isSuuupraError(error) ? error.code : 'internal' }, errorMessage(error));
    }
    await sleep(options.intervalMs ?? INTERVAL_MS, undefined, { signal: options.signal }).catch(() => undefined);
  }
}

async function round(reconciler: Reconciler, budget: RestartBudget): Promise<void> {
  const plan = await currentPlan(reconciler, {});
  for (const job of plan) await noteCheckpoint(reconciler, job);
  const gone = plan.filter(({ difference }) => difference === 'lost' || difference === 'failed');
  const affordable = gone.filter(({ name }) => budget.spend(name));
  if (affordable.length > 0)
    await applyJobs(reconciler.config, { only: affordable.map(({ name }) => name), log: reconciler.log });
  for (const { name } of gone.filter((job) => !affordable.includes(job))) {
    if (!budget.report(name)) continue;
    reconciler.store.log({ job: name, event: 'failed', error: 'brought back too often; it waits for a person' });
    throw new SuuupraError(
      'flink_job_failed',
      `${name} failed ${String(BUDGET)} times within ten minutes and is left`,
      {
        hint: `Read \`suuupra jobs status\`, then \`suuupra jobs apply ${name}\`.`,
      },
    );
  }
}

async function noteCheckpoint({ cluster, store }: Reconciler, { name, observed, record }: PlannedJob): Promise<void> {
  if (!observed || hasEnded(observed.state) || record.run?.jobId !== observed.id) return;
  const { latest } = await cluster.checkpoints(observed.id);
  const path = latest.completed?.external_path ?? null;
  if (path !== null && path !== record.checkpoint) store.update(name, { checkpoint: path });
}

/** How often each job was brought back lately. */
class RestartBudget {
  readonly #spent = new Map<string, number[]>();
  readonly #reported = new Set<string>();

  /** Takes one restart from a job's budget; false when nothing is left. */
  spend(name: string): boolean {
    const recent = (this.#spent.get(name) ?? []).filter((at) => Date.now() - at < BUDGET_MS);
    if (recent.length >= BUDGET) return false;
    this.#spent.set(name, [...recent, Date.now()]);
    this.#reported.delete(name);
    return true;
  }

  /** True the first time that a job without budget is met. */
  report(name: string): boolean {
    if (this.#reported.has(name)) return false;
    this.#reported.add(name);
    return true;
  }
}
