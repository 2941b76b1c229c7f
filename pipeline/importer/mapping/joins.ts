import path from 'node:path';
import { SuuupraError, errorMessage } from '@suuupra/core';
import { openCsv } from '../source/csv.ts';
import { START } from '../source/source.ts';
import { Columns } from './columns.ts';
import type { MappedRow } from './row.ts';
import type { Join, Mapping } from './schema.ts';
import { compileColumn, textOf, type Refuse } from './value.ts';

/** A joined file in memory: its rows by the text of their key. */
export interface JoinTable {
  readonly name: string;
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: ReadonlyMap<string, readonly unknown[]>;
}

/**
 * Reads a joined CSV file whole.
 * @param folder where relative paths begin: that of the imported file
 * @throws SuuupraError mapping_invalid where the file cannot be read, lacks the key's column, or has a key twice
 */
export async function loadJoin(name: string, join: Join, folder: string): Promise<JoinTable> {
  const file = path.resolve(folder, join.file);
  const refuse = (key: keyof Join, found: string, allowed: string, cause?: unknown): SuuupraError =>
    new SuuupraError('mapping_invalid', `joins.${name}.${key} is ${found}, allowed is ${allowed}`, { cause });
  const source = await openCsv(file).catch((error: unknown) => {
    throw refuse('file', JSON.stringify(join.file), `a readable CSV file (${errorMessage(error)})`, error);
  });
  const columns = source.columns as readonly string[];
  const at = columns.indexOf(join.key);
  if (at === -1) throw refuse('key', JSON.stringify(join.key), `one of the columns ${columns.join(', ')}`);
  const rows = new Map<string, readonly unknown[]>();
  for await (const batch of source.read(START))
    for (const { line, content } of batch) {
      if ('fault' in content)
        throw refuse('file', `${join.file} with ${content.fault.found} in line ${String(line)}`, content.fault.allowed);
      const values = content.values as readonly unknown[];
      const key = String(values[at]);
      if (rows.has(key))
        throw refuse('key', `${JSON.stringify(key)} twice in ${join.file}`, 'a column of unique values');
      rows.set(key, values);
    }
  return { name, file, columns, rows };
}

/**
 * Finds the rows of the joined files that belong to a row, in the order of the mapping: a join may look at the columns
 * of those before it.
 */
export function compileJoins(
  mapping: Mapping,
  columns: readonly string[] | undefined,
  tables: readonly JoinTable[],
  refuse: Refuse,
): (row: MappedRow) => void {
  const steps = tables.map((table, index) => {
    const join = mapping.joins[table.name] as Join;
    const before = new Columns(columns, tables.slice(0, index), mapping.absent);
    const read = compileColumn(join.on, `joins.${table.name}.on`, before, refuse);
    return { table, join, read };
  });
  return (row) => {
    for (const { table, join, read } of steps) {
      const key = textOf(read(row));
      const found = key === undefined ? undefined : table.rows.get(key);
      row.joined.push(found);
      if (found === undefined && join.missing === 'refuse')
        row.faults.push({
          path: join.on,
          found: key === undefined ? 'nothing' : JSON.stringify(key),
          allowed: `a ${join.key} of ${join.file}`,
        });
    }
  };
}
