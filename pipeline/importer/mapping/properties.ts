import { KNOWN_PROPERTIES, type KnownProperty } from '@suuupra/contracts';
import type { Columns } from './columns.ts';
import { CONVERSIONS, asItIs, type Convert } from './convert.ts';
import type { MappedRow, Read } from './row.ts';
import type { EventMapping } from './schema.ts';
import { compileColumn, compileValue, type Refuse } from './value.ts';

/** A property of the contract has the type it has there; any other that of the file, unless the mapping names one. */
function conversionOf(name: string, type: keyof typeof CONVERSIONS | undefined): Convert {
  if (type !== undefined) return CONVERSIONS[type];
  if (!Object.hasOwn(KNOWN_PROPERTIES, name)) return asItIs;
  return KNOWN_PROPERTIES[name as KnownProperty].kind === 'text' ? CONVERSIONS.string : CONVERSIONS.number;
}

/** The keys of a column that holds a JSON object, as text or as an object of the file's own. */
function compileJson(column: string, columns: Columns, refuse: Refuse): (row: MappedRow) => [string, unknown][] {
  const read = compileColumn(column, 'event.properties_json', columns, refuse);
  return (row) => {
    const value = read(row);
    if (value === undefined) return [];
    const object = typeof value === 'string' ? parseJson(value) : value;
    if (typeof object === 'object' && object !== null && !Array.isArray(object))
      return Object.entries(object).map(([key, inner]: [string, unknown]) => [
        key,
        typeof inner === 'bigint' ? asItIs(inner) : inner,
      ]);
    row.faults.push({ path: column, found: JSON.stringify(String(value).slice(0, 80)), allowed: 'a JSON object' });
    return [];
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A reader of all properties of an event. What the mapping names goes before the same key of `properties_json`. */
export function compileProperties(
  mapping: EventMapping,
  columns: Columns,
  refuse: Refuse,
): (row: MappedRow) => Record<string, unknown> {
  const named: [string, Read][] = Object.entries(mapping.properties).map(([name, spec]) => [
    name,
    compileValue(
      spec,
      `event.properties.${name}`,
      `properties.${name}`,
      conversionOf(name, spec.type),
      columns,
      refuse,
    ),
  ]);
  const json =
    mapping.properties_json === undefined ? undefined : compileJson(mapping.properties_json, columns, refuse);
  return (row) => {
    const entries = json?.(row) ?? [];
    for (const [name, read] of named) {
      const value = read(row);
      if (value !== undefined) entries.push([name, value]);
    }
    return Object.fromEntries(entries);
  };
}
