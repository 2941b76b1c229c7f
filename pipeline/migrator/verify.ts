import { createWarehouse, type Warehouse } from '@suuupra/clickhouse';
import type { MigrateConfig } from './apply.ts';
import { withSettings } from './bindings.ts';
import { readSqlFiles, type SqlFile } from './files.ts';
import { literal, placeholders, render } from './render.ts';
import { withScratchDatabase } from './scratch.ts';

export interface Difference {
  readonly kind: 'table' | 'function';
  readonly name: string;
  /** What the files say, and what is there; undefined where one of them has no such thing. */
  readonly expected: string | undefined;
  readonly found: string | undefined;
}

/** Tables that the migrator itself keeps. */
const OWN = /^migrations(_lock.*)?$/;

/** Where no broker listens: what a Kafka table of the comparison is given, so that it takes nothing from the real one. */
const NOWHERE = literal('127.0.0.1:1');

/**
 * Compares what lives in the database with what the files say, object by object: the files are applied to an empty
 * database beside it, with Kafka tables that reach no broker, and the definitions are laid over each other.
 * @param root folder with migrations/, functions/ and views/; default sql/ of the project
 * @returns the differences; none means that the database is what the files say
 */
export async function verify(config: MigrateConfig, root?: string): Promise<readonly Difference[]> {
  const files = readSqlFiles(root);
  const values = placeholders(config);
  const warehouse = createWarehouse(config);
  try {
    const found = await definitions(warehouse);
    const expected = await withScratchDatabase(config, async (scratch) => {
      for (const { kind, statements } of files)
        for (const { text } of kind === 'function' ? [] : statements)
          await scratch.command(render(text, { ...values, kafka_brokers: NOWHERE }));
      const brokers = { kafka_broker_list: values['kafka_brokers'] ?? '' };
      const tables = await definitions(scratch);
      return new Map(
        [...tables].map(([name, text]) => [
          name,
          withSettings(text.replaceAll(scratch.database, warehouse.database), brokers),
        ]),
      );
    });
    return [...compare('table', expected, found), ...(await functionDifferences(warehouse, files))];
  } finally {
    await warehouse.close();
  }
}

function compare(
  kind: Difference['kind'],
  expected: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): Difference[] {
  return [...new Set([...expected.keys(), ...found.keys()])]
    .sort()
    .map((name) => ({ kind, name, expected: expected.get(name), found: found.get(name) }))
    .filter((difference) => difference.expected !== difference.found);
}

async function definitions(warehouse: Warehouse): Promise<Map<string, string>> {
  const rows = await warehouse.rows<{ name: string; definition: string }>(
    'SELECT name, create_table_query AS definition FROM system.tables WHERE database = {database:String}',
    { params: { database: warehouse.database } },
  );
  return new Map(rows.filter(({ name }) => !OWN.test(name)).map(({ name, definition }) => [name, definition]));
}

/** Functions belong to the server and not to a database: they are compared as they stand. */
async function functionDifferences(warehouse: Warehouse, files: readonly SqlFile[]): Promise<Difference[]> {
  const rows = await warehouse.rows<{ name: string; text: string }>(
    "SELECT name, formatQuery(create_query) AS text FROM system.functions WHERE origin = 'SQLUserDefined'",
  );
  const found = new Map(rows.map(({ name, text }) => [name, text]));
  const expected = new Map<string, string>();
  for (const file of files.filter(({ kind }) => kind === 'function'))
    for (const { text } of file.statements) {
      const statement = render(text, {}).replace(/^CREATE OR REPLACE FUNCTION/, 'CREATE FUNCTION');
      const [row] = await warehouse.rows<{ text: string }>('SELECT formatQuery({statement:String}) AS text', {
        params: { statement },
      });
      expected.set(/^CREATE FUNCTION (\w+)/.exec(statement)?.[1] ?? statement, row?.text ?? '');
    }
  // Functions of others are none of our business.
  const ours = new Map([...found].filter(([name]) => expected.has(name)));
  return compare('function', expected, ours);
}
