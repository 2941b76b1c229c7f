import fs from 'node:fs';
import path from 'node:path';
import { describeFaults, type Fault } from '@suuupra/contracts';
import { SuuupraError, errorMessage, projectPath } from '@suuupra/core';
import * as v from 'valibot';
import { parseDocument } from 'yaml';
import { loadJoin, type JoinTable } from './joins.ts';
import { MappingSchema, type Mapping } from './schema.ts';

/** A mapping file with everything it refers to. */
export interface LoadedMapping {
  readonly mapping: Mapping;
  readonly tables: readonly JoinTable[];
  /** The contents on which the events depend: of the mapping file and of the joined ones. */
  readonly contents: readonly Buffer[];
}

function toFault(issue: v.BaseIssue<unknown>): Fault {
  // For a key that is not known valibot gives the key itself; what stands there says more.
  const input = issue.expected === 'never' ? issue.path?.at(-1)?.value : issue.input;
  const found = JSON.stringify(input) as string | undefined;
  return {
    path: (issue.path ?? []).map(({ key }) => String(key)).join('.') || 'the mapping',
    found: found === undefined ? 'nothing' : found.slice(0, 80),
    allowed: issue.message,
  };
}

/**
 * Checks the text of a mapping file.
 * @throws SuuupraError mapping_invalid with every fault: its key, what was found, what is allowed
 */
export function parseMapping(text: string, file: string): Mapping {
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined)
    throw new SuuupraError('mapping_invalid', `Mapping ${file} is not YAML: ${error.message}`, { cause: error });
  const result = v.safeParse(MappingSchema, document.toJS() as unknown);
  if (result.success) return result.output;
  const faults = result.issues.map(toFault);
  throw new SuuupraError('mapping_invalid', `Mapping ${file}: ${describeFaults(faults)}`, { details: { faults } });
}

const OWN_MAPPINGS = projectPath('pipeline', 'importer', 'mappings');

/** The file of a mapping: a path, or the name of one that comes with this program, such as `clique-bait`. */
function mappingFile(nameOrPath: string): string {
  const own = path.join(OWN_MAPPINGS, `${nameOrPath}.yaml`);
  return !/[\\/.]/.test(nameOrPath) && !fs.existsSync(nameOrPath) && fs.existsSync(own) ? own : nameOrPath;
}

/**
 * Reads a mapping file and the files it joins.
 * @param nameOrPath the file, or the name of a mapping that comes with this program
 * @param folder of the imported file, where the paths of joined files begin
 * @throws SuuupraError mapping_invalid
 */
export async function loadMapping(nameOrPath: string, folder: string): Promise<LoadedMapping> {
  const file = mappingFile(nameOrPath);
  const content = await fs.promises.readFile(file).catch((error: unknown) => {
    throw new SuuupraError('mapping_invalid', `Mapping ${file} cannot be read: ${errorMessage(error)}`, {
      cause: error,
    });
  });
  const mapping = parseMapping(content.toString('utf8'), file);
  const tables: JoinTable[] = [];
  for (const [name, join] of Object.entries(mapping.joins)) tables.push(await loadJoin(name, join, folder));
  const joined = await Promise.all(tables.map((table) => fs.promises.readFile(path.resolve(folder, table.file))));
  return { mapping, tables, contents: [content, ...joined] };
}
