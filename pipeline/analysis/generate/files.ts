import path from 'node:path';
import { definitionSchema } from './schema.ts';

/** Every generated file of this workspace by absolute path, with the text it must have. */
export function analysisFiles(): Map<string, string> {
  const file = path.resolve(import.meta.dirname, '../generated/definition.schema.json');
  return new Map([[file, `${JSON.stringify(definitionSchema(), null, 2)}\n`]]);
}

export { definitionSchema };
