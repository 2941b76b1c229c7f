import { errorMessage } from '@suuupra/core';
import { disposeSavepoint } from '../cluster/savepoints.ts';
import type { Reconciler } from './context.ts';

/** The newest ones stay, to go back to. */
const KEPT = 3;

/**
 * Deletes savepoints of a job that newer ones have made superfluous. What cannot be deleted is left, and tried again the
 * next time.
 */
export async function pruneSavepoints({ cluster, store, log }: Reconciler, job: string): Promise<void> {
  const history = store.history(job);
  const gone = new Set(history.filter(({ event }) => event === 'disposed').map(({ savepoint }) => savepoint));
  const taken = history
    .filter(({ event }) => event === 'savepoint' || event === 'stopped')
    .flatMap(({ savepoint }) => (savepoint && !gone.has(savepoint) ? [savepoint] : []));
  const { stopped } = store.record(job);
  for (const savepoint of taken.slice(0, -KEPT)) {
    if (savepoint === stopped?.savepoint) continue;
    try {
      await disposeSavepoint(cluster, savepoint);
      store.log({ job, event: 'disposed', savepoint });
    } catch (error) {
      log.warn({ job, savepoint }, errorMessage(error));
    }
  }
}
