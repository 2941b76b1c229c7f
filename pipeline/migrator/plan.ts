import { createWarehouse, type WarehouseConfig } from '@suuupra/clickhouse';
import { dangersOf, type Danger } from './danger.ts';
import { readSqlFiles, type FileKind, type SqlFile } from './files.ts';
import { checkHistory, readHistory, type Applied } from './history.ts';

export interface PlannedStatement {
  readonly line: number;
  readonly text: string;
  readonly dangers: readonly Danger[];
}

export interface PlannedFile {
  readonly kind: FileKind;
  readonly name: string;
  /** Statements of the file that ran already: an earlier run failed after them. */
  readonly done: number;
  readonly statements: readonly PlannedStatement[];
}

/** The files of which something is left to do, in order, with the number of statements that ran already. */
export function pending(files: readonly SqlFile[], history: readonly Applied[]): { file: SqlFile; done: number }[] {
  return files
    .map((file) => {
      const before = history.find(({ kind, name }) => kind === file.kind && name === file.name);
      return { file, done: before?.hash === file.hash ? before.done : 0 };
    })
    .filter(({ file, done }) => done < file.statements.length);
}

/**
 * What `apply` would do, without doing anything.
 * @throws SuuupraError migration_changed
 */
export async function plan(config: WarehouseConfig, root?: string): Promise<readonly PlannedFile[]> {
  const files = readSqlFiles(root);
  // Asked from a database that is always there, as ours may not be yet.
  const warehouse = createWarehouse(config, 'default');
  try {
    const history = await readHistory({ ...warehouse, database: config.clickhouseDatabase });
    checkHistory(files, history);
    return pending(files, history).map(({ file, done }) => ({
      kind: file.kind,
      name: file.name,
      done,
      statements: file.statements.slice(done).map(({ line, text }) => ({ line, text, dangers: dangersOf(text) })),
    }));
  } finally {
    await warehouse.close();
  }
}
