import fs from 'node:fs/promises';
import path from 'node:path';
import { DefinitionError, resolveNames, type Catalogue } from '@suuupra/analysis';
import { errorMessage, projectPath, SuuupraError } from '@suuupra/core';
import { parse } from 'yaml';
import { definitionInvalid } from './answer.ts';

const KINDS = ['events', 'metrics', 'definitions'] as const;

/** What one file adds: YAML has entries by kind, JSON is one definition under the name of the file. */
async function readFile(file: string): Promise<Partial<Catalogue>> {
  const text = await fs.readFile(file, 'utf8');
  try {
    if (file.endsWith('.json')) return { definitions: { [path.basename(file, '.json')]: JSON.parse(text) as unknown } };
    return (parse(text) ?? {}) as Partial<Catalogue>;
  } catch (error) {
    throw new SuuupraError(
      'input_invalid',
      `definitions/${path.basename(file)} cannot be read: ${errorMessage(error)}`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Events, metrics and definitions of the repository by name.
 * @throws SuuupraError input_invalid for a file that is none, or a name that stands twice
 */
export async function loadCatalogue(folder = projectPath('definitions')): Promise<Catalogue> {
  const catalogue = { events: {}, metrics: {}, definitions: {} } as Record<
    (typeof KINDS)[number],
    Record<string, unknown>
  >;
  const files = (await fs.readdir(folder)).filter((name) => /\.(ya?ml|json)$/.test(name)).sort();
  for (const name of files) {
    const found = await readFile(path.join(folder, name));
    for (const kind of KINDS)
      for (const [entry, value] of Object.entries(found[kind] ?? {})) {
        if (Object.hasOwn(catalogue[kind], entry))
          throw new SuuupraError('input_invalid', `definitions/${name}: there are two ${kind} named ${entry}`);
        catalogue[kind][entry] = value;
      }
  }
  return catalogue;
}

/**
 * A definition with what its names stand for.
 * @throws SuuupraError definition_invalid where there is no such name
 */
export function withNames(definition: unknown, catalogue: Catalogue): unknown {
  try {
    return resolveNames(definition, catalogue);
  } catch (error) {
    if (error instanceof DefinitionError) throw definitionInvalid(error.faults, error);
    throw error;
  }
}
