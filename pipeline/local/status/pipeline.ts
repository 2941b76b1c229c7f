import { errorMessage, type Config } from '@suuupra/core';
import { stackStatus } from '../supervisor/control-client.ts';
import type { StackSnapshot } from '../supervisor/snapshot.ts';
import { groupLags, type GroupLag } from './lag.ts';
import { unaccounted, type Unaccounted } from './unaccounted.ts';
import { warehouseStatus, type WarehouseStatus } from './warehouse.ts';

/** How the stack and what flows through it do. */
export interface PipelineStatus {
  /** The stack of the home, or null if none runs there (the parts may run elsewhere all the same). */
  readonly stack: StackSnapshot | null;
  /** Null where Kafka does not answer. */
  readonly lag: readonly GroupLag[] | null;
  /** Null where ClickHouse does not answer or has no tables yet. */
  readonly warehouse: WarehouseStatus | null;
  /** Messages that were read and are neither a row nor a dead letter; null where that cannot be told. */
  readonly unaccounted: readonly Unaccounted[] | null;
  /** Why something of the above is null, in words. */
  readonly problems: readonly string[];
}

/** Asks everything; what does not answer is a problem in the result and no error. */
export async function pipelineStatus(config: Config): Promise<PipelineStatus> {
  const problems: string[] = [];
  const orProblem = async <T>(question: Promise<T>): Promise<T | null> => {
    try {
      return await question;
    } catch (error) {
      problems.push(errorMessage(error));
      return null;
    }
  };
  const [stack, [lag, warehouse]] = await Promise.all([stackStatus(config.home), lagThenWarehouse()]);
  const untold = lag === null || warehouse === null;
  return {
    stack: stack ?? null,
    lag,
    warehouse,
    unaccounted: untold ? null : unaccounted(lag, warehouse.ledger),
    problems,
  };

  /** In this order: what is committed when the ledger is asked is in the ledger. */
  async function lagThenWarehouse(): Promise<[readonly GroupLag[] | null, WarehouseStatus | null]> {
    const lags = await orProblem(groupLags(config));
    return [lags, (await orProblem(warehouseStatus(config))) ?? null];
  }
}

/** Whether a stack runs in the home and every part of it works. */
export const allReady = ({ stack }: PipelineStatus): boolean =>
  stack?.state === 'ready' && stack.parts.every(({ state }) => state === 'ready');
