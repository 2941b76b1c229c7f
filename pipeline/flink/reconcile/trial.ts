import { SuuupraError, errorMessage } from '@suuupra/core';
import { disposeSavepoint, takeSavepoint } from '../cluster/savepoints.ts';
import { waitCheckpoint, waitRunning } from '../cluster/wait.ts';
import { literal } from '../jobs/placeholders.ts';
import type { Job } from '../jobs/job.ts';
import { sinkTables, withSinks, type CompiledPlan } from '../plans/compiled-plan.ts';
import { storePlan, type StoredPlan } from '../plans/compile.ts';
import { abandonedState } from '../plans/state-of-plan.ts';
import type { Reconciler } from './context.ts';
import { withJobSession } from './session.ts';
import { executePlan, restoreProperties, sessionJob } from './submit.ts';
import { discard } from './verify.ts';

const TRIAL_MS = 90_000;
const TRIAL_PREFIX = 'trial_';

/**
 * Makes sure that a changed job can take over the state of the running one, while that one runs on: a copy of the new
 * job which writes nowhere is started from a savepoint and must run and complete a checkpoint.
 * @param from the plan of the running job
 * @throws SuuupraError flink_upgrade_refused
 */
export async function tryOnSavepoint(
  reconciler: Reconciler,
  job: Job,
  plan: StoredPlan,
  running: { readonly id: string; readonly plan: CompiledPlan },
): Promise<void> {
  const abandoned = abandonedState(running.plan, plan.plan);
  if (abandoned.length > 0) throw refused(job, `the state of ${abandoned.join('; ')} would be lost`, { abandoned });
  const savepoint = await takeSavepoint(reconciler.cluster, running.id);
  let trialId: string | undefined;
  try {
    trialId = await startTrial(reconciler, job, plan, savepoint);
    await waitRunning(reconciler.cluster, trialId, { timeoutMs: TRIAL_MS });
    await waitCheckpoint(reconciler.cluster, trialId, { timeoutMs: TRIAL_MS });
  } catch (error) {
    throw refused(job, errorMessage(error), {});
  } finally {
    if (trialId !== undefined) await discard(reconciler, trialId);
    await disposeSavepoint(reconciler.cluster, savepoint);
  }
}

async function startTrial(reconciler: Reconciler, job: Job, plan: StoredPlan, savepoint: string): Promise<string> {
  const copy = { ...sessionJob(job), name: `${TRIAL_PREFIX}${job.name}`, prepare: [...job.trial.prepare] };
  const properties = {
    ...restoreProperties({ path: savepoint, claim: false }),
    // Only the sinks' own state is left behind: abandonedState has looked at the rest.
    'execution.state-recovery.ignore-unclaimed-state': 'true',
    'execution.checkpointing.externalized-checkpoint-retention': 'DELETE_ON_CANCELLATION',
  };
  return withJobSession(reconciler, copy, properties, async (session) => {
    for (const table of sinkTables(plan.plan))
      await session.execute(
        `CREATE TEMPORARY TABLE ${trialTable(table)} WITH ('connector' = 'blackhole') LIKE ${table} (EXCLUDING ALL)`,
      );
    const stored = await storePlan(reconciler.store.paths.plans(job.name), withSinks(plan.plan, trialTable));
    return executePlan(() => session.execute(`EXECUTE PLAN ${literal(stored.file)}`), copy.name);
  });
}

/** `` `c`.`d`.`t` `` becomes `` `c`.`d`.`trial_t` ``. */
const trialTable = (identifier: string): string => identifier.replace(/`([^`]+)`$/, `\`${TRIAL_PREFIX}$1\``);

const refused = (job: Job, why: string, details: Record<string, unknown>): SuuupraError =>
  new SuuupraError('flink_upgrade_refused', `${job.name} cannot go on from the state of the job that runs: ${why}`, {
    details: { job: job.name, ...details },
  });
