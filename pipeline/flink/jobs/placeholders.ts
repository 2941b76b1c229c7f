import { SuuupraError } from '@suuupra/core';

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** A string literal of Flink SQL. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * Fills `{{name}}` with string literals; quotes are part of what is filled in, so a value can never end its literal.
 * @throws SuuupraError input_invalid for a name that is not known
 */
export function fillPlaceholders(sql: string, values: ReadonlyMap<string, string>, file: string): string {
  return sql.replace(PLACEHOLDER, (_, name: string) => {
    const value = values.get(name);
    if (value !== undefined) return literal(value);
    const known = [...values.keys()].join(', ');
    throw new SuuupraError('input_invalid', `${file}: {{${name}}} is no placeholder; there are ${known}`, {
      details: { file, placeholder: name },
    });
  });
}
