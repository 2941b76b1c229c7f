import fs from 'node:fs';
import path from 'node:path';
import { projectPath } from '@suuupra/core';
import { PROPERTY_COLUMNS, type PropertyColumn } from './columns.ts';
import { createIntake, extendIntake, propertiesOf } from './migration.ts';

interface Marked {
  readonly file: string;
  readonly text: string;
  readonly properties: readonly string[];
}

/** The text that a migration of the intake has, given the properties that were known before it. */
function expected(known: readonly string[] | undefined, columns: readonly PropertyColumn[]): string {
  if (known === undefined) return createIntake(columns);
  return extendIntake(
    columns,
    columns.filter(({ name }) => !known.includes(name)),
  );
}

function nextFile(folder: string, added: readonly string[]): string {
  const last = fs.readdirSync(folder).sort().at(-1) ?? '0000';
  const number = String(Number(last.slice(0, 4)) + 1).padStart(4, '0');
  return path.join(folder, `${number}_intake_${added.length > 0 ? added.join('_') : 'rules'}.sql`);
}

/**
 * The newest migration of the intake as the contract demands it: the file that is there where it fits, else a further
 * one, since migrations that may be applied are never edited.
 * @throws Error where a property is gone from the contract: its column holds data, and writers of the old contract
 * go on sending it
 */
export function intakeFiles(
  folder: string = projectPath('sql/migrations'),
  columns: readonly PropertyColumn[] = PROPERTY_COLUMNS,
): ReadonlyMap<string, string> {
  const marked = fs
    .readdirSync(folder)
    .sort()
    .map((name) => path.join(folder, name))
    .flatMap((file): Marked[] => {
      const text = fs.readFileSync(file, 'utf8');
      const properties = propertiesOf(text);
      return properties === undefined ? [] : [{ file, text, properties }];
    });
  const newest = marked.at(-1);
  const wanted = columns.map(({ name }) => name as string);
  const gone = newest?.properties.filter((name) => !wanted.includes(name)) ?? [];
  if (gone.length > 0)
    throw new Error(`schemas/event.avsc: a property is never removed, and ${gone.join(', ')} is gone`);
  if (newest !== undefined) {
    const text = expected(marked.at(-2)?.properties, columns);
    if (newest.text === text) return new Map([[newest.file, text]]);
  }
  const added = wanted.filter((name) => newest?.properties.includes(name) !== true);
  return new Map([[nextFile(folder, newest === undefined ? [] : added), expected(newest?.properties, columns)]]);
}
