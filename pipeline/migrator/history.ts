import { createWarehouse, type Warehouse, type WarehouseConfig } from '@suuupra/clickhouse';
import { SuuupraError } from '@suuupra/core';
import type { FileKind, SqlFile } from './files.ts';

/** What has been applied of one file. */
export interface Applied {
  readonly kind: FileKind;
  readonly name: string;
  readonly hash: string;
  /** Statements that ran, of how many. A file is done when they are equal. */
  readonly done: number;
  readonly statements: number;
}

const TABLE = `CREATE TABLE IF NOT EXISTS migrations
(
    kind LowCardinality(String),
    name String,
    hash String,
    done UInt32 COMMENT 'statements that ran',
    statements UInt32,
    applied_at DateTime64(3, 'UTC') DEFAULT now64(3),
    version UInt64 DEFAULT generateSnowflakeID()
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (kind, name)
COMMENT 'Which files of sql/ are applied; written by the migrator.'`;

/**
 * Creates the database and the table of what is applied where they are missing.
 * @param database its name is checked by the configuration: a lower-case identifier
 */
export async function prepareHistory(config: WarehouseConfig, database: string): Promise<void> {
  const server = createWarehouse(config, 'default');
  try {
    await server.command(`CREATE DATABASE IF NOT EXISTS ${database}`);
  } finally {
    await server.close();
  }
  const warehouse = createWarehouse(config, database);
  try {
    await warehouse.command(TABLE);
  } finally {
    await warehouse.close();
  }
}

/** What is applied; nothing where the database or the table is not there yet. */
export async function readHistory(warehouse: Warehouse): Promise<readonly Applied[]> {
  const { database } = warehouse;
  const [found] = await warehouse.rows(
    "SELECT 1 FROM system.tables WHERE database = {database:String} AND name = 'migrations'",
    { params: { database } },
  );
  if (found === undefined) return [];
  return await warehouse.rows<Applied>(
    'SELECT kind, name, hash, done, statements FROM {database:Identifier}.migrations FINAL ORDER BY kind, name',
    { params: { database } },
  );
}

/** Notes that another statement of a file has run. */
export async function record(warehouse: Warehouse, file: SqlFile, done: number): Promise<void> {
  const { kind, name, hash, statements } = file;
  await warehouse.insert('migrations', [{ kind, name, hash, done, statements: statements.length }]);
}

/**
 * Holds the files against what is applied of them.
 * @throws SuuupraError migration_changed
 */
export function checkHistory(files: readonly SqlFile[], history: readonly Applied[]): void {
  const migrations = files.filter(({ kind }) => kind === 'migration');
  const applied = history.filter(({ kind }) => kind === 'migration');
  const last = applied.at(-1)?.name ?? '';
  for (const { name } of applied)
    if (!migrations.some((file) => file.name === name)) throw changed(name, 'was applied, and its file is gone');
  for (const file of migrations) {
    const before = applied.find(({ name }) => name === file.name);
    if (before === undefined && file.name < last) throw changed(file.name, `stands before ${last}, which is applied`);
    if (before !== undefined && before.hash !== file.hash) throw changed(file.name, 'was edited after it was applied');
  }
}

const changed = (name: string, what: string): SuuupraError =>
  new SuuupraError('migration_changed', `sql/migrations/${name}.sql ${what}`, { details: { name } });
