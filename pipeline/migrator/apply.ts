import { createWarehouse, type Warehouse, type WarehouseConfig } from '@suuupra/clickhouse';
import { SuuupraError, errorMessage } from '@suuupra/core';
import { rebindKafkaTables } from './bindings.ts';
import { readSqlFiles, type SqlFile } from './files.ts';
import { checkHistory, prepareHistory, readHistory, record } from './history.ts';
import { withLock } from './lock.ts';
import { pending } from './plan.ts';
import { placeholders, render, type RenderConfig } from './render.ts';

export type MigrateConfig = WarehouseConfig & RenderConfig;

export interface ApplyOptions {
  /** Folder with migrations/, functions/ and views/. Default: sql/ of the project. */
  readonly root?: string;
  /** How long to wait for another process that is migrating. Default 60 seconds. */
  readonly patienceMs?: number;
  readonly onFile?: (name: string) => void;
}

export interface ApplyResult {
  /** Files of which something ran. */
  readonly applied: readonly string[];
  /** Kafka tables that were pointed to other addresses than before. */
  readonly rebound: readonly string[];
}

/**
 * Brings a database to what the files in sql/ say. Does only what is missing, resumes where an earlier run failed, and
 * may be called by several processes at once.
 * @throws SuuupraError migration_changed, migration_failed, migration_locked, clickhouse_unreachable
 */
export async function migrate(config: MigrateConfig, options: ApplyOptions = {}): Promise<ApplyResult> {
  const files = readSqlFiles(options.root);
  await prepareHistory(config, config.clickhouseDatabase);
  const warehouse = createWarehouse(config);
  try {
    return await withLock(warehouse, options.patienceMs ?? 60_000, async () => {
      const history = await readHistory(warehouse);
      checkHistory(files, history);
      const applied: string[] = [];
      for (const { file, done } of pending(files, history)) {
        options.onFile?.(file.name);
        await applyFile(warehouse, file, done, placeholders(config));
        applied.push(file.name);
      }
      return { applied, rebound: await rebindKafkaTables(warehouse, config) };
    });
  } finally {
    await warehouse.close();
  }
}

async function applyFile(
  warehouse: Warehouse,
  file: SqlFile,
  done: number,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [index, { text, line }] of file.statements.entries()) {
    if (index < done) continue;
    try {
      await warehouse.command(render(text, values));
    } catch (cause) {
      const where = `${file.kind} ${file.name}, line ${String(line)}`;
      throw new SuuupraError('migration_failed', `${where}: ${errorMessage(cause)}`, {
        details: { kind: file.kind, name: file.name, line },
        cause,
      });
    }
    await record(warehouse, file, index + 1);
  }
}
