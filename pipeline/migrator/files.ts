import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { CLICKHOUSE_SQL, SuuupraError, projectPath, splitStatements, type SqlStatement } from '@suuupra/core';

/**
 * A migration runs once. Functions and views hold nothing: their files say what they are, and run again when they change.
 */
export type FileKind = 'function' | 'migration' | 'view';

export interface SqlFile {
  readonly kind: FileKind;
  /** Name without `.sql`. */
  readonly name: string;
  readonly statements: readonly SqlStatement[];
  /**
   * Of a migration: SHA-256 over the hash of the one before, the name and the text, so that an edit of any of them shows
   * in all that follow. Of the others: over name and text.
   */
  readonly hash: string;
}

const FOLDERS: Readonly<Record<FileKind, string>> = { function: 'functions', migration: 'migrations', view: 'views' };
const MIGRATION_NAME = /^\d{4}_[a-z0-9_]+$/;

const sha256 = (...parts: string[]): string => createHash('sha256').update(parts.join('\0')).digest('hex');

function read(root: string, kind: FileKind): { name: string; text: string }[] {
  const folder = path.join(root, FOLDERS[kind]);
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({ name: file.slice(0, -'.sql'.length), text: fs.readFileSync(path.join(folder, file), 'utf8') }));
}

function checkNumbers(names: readonly string[]): void {
  names.forEach((name, index) => {
    if (!MIGRATION_NAME.test(name))
      throw new SuuupraError('migration_failed', `sql/migrations/${name}.sql: the name must be NNNN_what_it_does.sql`);
    if (Number(name.slice(0, 4)) !== index + 1) {
      const expected = String(index + 1).padStart(4, '0');
      throw new SuuupraError('migration_failed', `sql/migrations/${name}.sql: the next number is ${expected}`, {
        hint: 'Two branches may have taken one number: give the later one the next, as long as it is not applied.',
      });
    }
  });
}

/**
 * The files of sql/ in the order in which they are applied: functions, which tables may use; migrations by number;
 * views, which may use all tables.
 * @param root folder with migrations/, functions/ and views/
 * @throws SuuupraError migration_failed where a number is missing, taken twice or a name is malformed
 */
export function readSqlFiles(root: string = projectPath('sql')): readonly SqlFile[] {
  const repeatable = (kind: FileKind): SqlFile[] =>
    read(root, kind).map(({ name, text }) => ({
      kind,
      name,
      statements: splitStatements(text, CLICKHOUSE_SQL),
      hash: sha256(name, text),
    }));
  const migrations = read(root, 'migration');
  checkNumbers(migrations.map(({ name }) => name));
  let chain = '';
  const chained = migrations.map(({ name, text }): SqlFile => {
    chain = sha256(chain, name, text);
    return { kind: 'migration', name, statements: splitStatements(text, CLICKHOUSE_SQL), hash: chain };
  });
  return [...repeatable('function'), ...chained, ...repeatable('view')];
}
