import type { Definition, DefinitionFault } from '@suuupra/analysis';
import type { Warehouse } from './client.ts';

interface Pattern {
  readonly path: string;
  readonly text: string;
}

/** Every `matches` filter of a definition and where it stands. */
function* patternsIn(part: unknown, path: readonly string[] = []): Generator<Pattern> {
  if (typeof part !== 'object' || part === null) return;
  if ('op' in part && part.op === 'matches' && 'value' in part && typeof part.value === 'string')
    yield { path: [...path, 'value'].join('.'), text: part.value };
  for (const [key, item] of Object.entries(part)) yield* patternsIn(item, [...path, key]);
}

/**
 * ClickHouse says that some expression is no RE2, but not which: each is tried alone.
 * @returns a fault for every one that is refused
 */
export async function patternFaults(
  warehouse: Warehouse,
  definition: Definition,
  signal?: AbortSignal,
): Promise<DefinitionFault[]> {
  const tried = [...patternsIn(definition)].map(async ({ path, text }): Promise<DefinitionFault | undefined> => {
    try {
      const options = { params: { pattern: text }, ...(signal === undefined ? {} : { signal }) };
      await warehouse.rows("SELECT match('', {pattern:String}) AS matched", options);
      return undefined;
    } catch {
      return { path, found: JSON.stringify(text), allowed: 'a regular expression of RE2' };
    }
  });
  return (await Promise.all(tried)).filter((fault) => fault !== undefined);
}
