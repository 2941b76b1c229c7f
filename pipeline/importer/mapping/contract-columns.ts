import { KNOWN_PROPERTIES } from '@suuupra/contracts';
import { SuuupraError } from '@suuupra/core';
import * as v from 'valibot';
import { MappingSchema, type Mapping } from './schema.ts';

const FIELDS = ['event_id', 'event_type', 'user_id', 'session_id', 'content_id', 'timestamp', 'received_at'];
const REQUIRED = ['event_type', 'user_id', 'timestamp'];
const PROPERTY_PREFIX = 'properties.';

/**
 * The mapping of a table whose columns carry the names of the contract: the fields of an event, its known properties,
 * `properties.NAME` for any other, and `properties` for a JSON object of them.
 * @throws SuuupraError input_invalid where a column has another name, or a required one is missing
 */
export function contractMapping(columns: readonly string[]): Mapping {
  const known = Object.keys(KNOWN_PROPERTIES);
  const isProperty = (name: string): boolean => known.includes(name) || name.startsWith(PROPERTY_PREFIX);
  const hint = 'Write a mapping from your columns to the fields of an event: docs/import.md.';
  const unknown = columns.filter((name) => !FIELDS.includes(name) && name !== 'properties' && !isProperty(name));
  if (unknown.length > 0)
    throw new SuuupraError(
      'input_invalid',
      `Without a mapping the columns ${unknown.join(', ')} mean nothing; known are ${[...FIELDS, 'properties', ...known].join(', ')} and properties.NAME`,
      { hint, details: { columns: unknown } },
    );
  const missing = REQUIRED.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    throw new SuuupraError('input_invalid', `Without a mapping the columns ${missing.join(', ')} are needed`, { hint });
  const properties = columns
    .filter(isProperty)
    .map((name) => [name.startsWith(PROPERTY_PREFIX) ? name.slice(PROPERTY_PREFIX.length) : name, name]);
  return v.parse(MappingSchema, {
    event: {
      ...Object.fromEntries(columns.filter((name) => FIELDS.includes(name)).map((name) => [name, name])),
      properties: Object.fromEntries(properties) as Record<string, string>,
      ...(columns.includes('properties') ? { properties_json: 'properties' } : {}),
    },
  });
}
