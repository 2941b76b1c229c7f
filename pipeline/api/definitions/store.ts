import { compileFor, loadCatalogue, WIRE_SETTINGS, withNames, type Warehouse } from '@suuupra/clickhouse';
import { SuuupraError } from '@suuupra/core';
import type { NamedDefinition } from './named.ts';
import { repositoryDefinitions } from './repository.ts';

interface Row {
  readonly name: string;
  readonly definition: string;
  readonly saved_by: string;
  readonly saved_at: string;
}

const SAVED = `
  SELECT name, definition, saved_by, saved_at
  FROM saved_definitions FINAL
  WHERE deleted = 0`;

const fromRow = ({ definition, ...row }: Row): NamedDefinition => ({
  ...row,
  origin: 'user',
  definition: JSON.parse(definition) as unknown,
});

/** All definitions that have a name, by name; one of the repository goes before one of a user. */
export async function listDefinitions(warehouse: Warehouse): Promise<readonly NamedDefinition[]> {
  const [files, rows] = await Promise.all([
    repositoryDefinitions(),
    warehouse.rows<Row>(`${SAVED} ORDER BY name`, { settings: WIRE_SETTINGS }),
  ]);
  const taken = new Set(files.map(({ name }) => name));
  return [...files, ...rows.map(fromRow).filter(({ name }) => !taken.has(name))].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}

/** @throws SuuupraError not_found */
export async function readDefinition(warehouse: Warehouse, name: string): Promise<NamedDefinition> {
  const file = (await repositoryDefinitions()).find((entry) => entry.name === name);
  if (file !== undefined) return file;
  const options = { params: { name }, settings: WIRE_SETTINGS };
  const [row] = await warehouse.rows<Row>(`${SAVED} AND name = {name:String}`, options);
  if (row === undefined)
    throw new SuuupraError('not_found', `there is no definition ${JSON.stringify(name)}`, {
      hint: 'GET /api/v1/definitions lists those that there are.',
    });
  return fromRow(row);
}

/**
 * A definition with what the names in it stand for; a text is the name of a whole one. Names of the repository go before
 * those that users saved.
 * @throws SuuupraError not_found, definition_invalid
 */
export async function resolveDefinition(warehouse: Warehouse, input: unknown): Promise<unknown> {
  const definition = typeof input === 'string' ? (await readDefinition(warehouse, input)).definition : input;
  const catalogue = await loadCatalogue();
  return withNames(definition, catalogue);
}

/** @throws SuuupraError forbidden where the repository has the name */
async function refuseRepository(name: string): Promise<void> {
  if ((await repositoryDefinitions()).some((entry) => entry.name === name))
    throw new SuuupraError(
      'forbidden',
      `${name} is a definition of the repository, which only a change of its file changes`,
      {
        hint: 'Save it under another name.',
      },
    );
}

/**
 * Saves a definition; the one that had the name before is replaced.
 * @param savedBy name of the token
 * @throws SuuupraError definition_invalid, forbidden
 */
export async function saveDefinition(
  warehouse: Warehouse,
  name: string,
  definition: unknown,
  savedBy: string,
): Promise<NamedDefinition> {
  compileFor({ clickhouseDatabase: warehouse.database }, await resolveDefinition(warehouse, definition));
  await refuseRepository(name);
  await warehouse.insert('saved_definitions', [{ name, definition: JSON.stringify(definition), saved_by: savedBy }]);
  return readDefinition(warehouse, name);
}

/** @throws SuuupraError not_found, forbidden */
export async function deleteDefinition(warehouse: Warehouse, name: string, deletedBy: string): Promise<void> {
  await refuseRepository(name);
  await readDefinition(warehouse, name);
  await warehouse.insert('saved_definitions', [{ name, definition: '{}', saved_by: deletedBy, deleted: 1 }]);
}
