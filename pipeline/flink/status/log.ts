import { SuuupraError, isSuuupraError, type Config } from '@suuupra/core';
import { createReconciler } from '../reconcile/context.ts';

/**
 * What the JobManager and every TaskManager wrote, under a line with the name of each.
 * @throws SuuupraError flink_unreachable; not_found where the cluster does not write its log to files
 */
export async function jobLog(config: Config): Promise<string> {
  const { cluster } = createReconciler(config);
  try {
    const blocks = [`==> JobManager\n${await cluster.log()}`];
    for (const id of await cluster.taskManagers()) blocks.push(`==> TaskManager ${id}\n${await cluster.log(id)}`);
    return blocks.join('\n');
  } catch (error) {
    if (!isSuuupraError(error) || error.code !== 'not_found') throw error;
    throw new SuuupraError('not_found', 'The cluster does not offer its log', {
      hint: 'Where the local stack runs it: `suuupra logs flink-jobmanager`, `suuupra logs flink-taskmanager`.',
      cause: error,
    });
  }
}
