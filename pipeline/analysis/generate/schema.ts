import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { filterSchema } from '../definitions/filters.ts';
import { ANALYSIS_LIST } from '../registry.ts';

/**
 * The JSON Schema of all definitions, as generated/definition.schema.json holds it. Checks that only code can make
 * (times, timezones, relations between fields) are not in it; `normalize` is the judge.
 */
export function definitionSchema(): Record<string, unknown> {
  const schema = v.union(Object.values(ANALYSIS_LIST).map((analysis) => analysis.schema));
  return {
    $id: 'definition.schema.json',
    title: 'Definition of an analysis',
    ...toJsonSchema(schema, { typeMode: 'input', errorMode: 'ignore', definitions: { filter: filterSchema } }),
  };
}
