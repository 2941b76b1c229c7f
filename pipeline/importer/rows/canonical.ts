import { derivedId } from '@suuupra/contracts';
import type { RowValues } from '../source/source.ts';

/**
 * JSON in one form only: no blanks, keys sorted by their UTF-16 code units, as RFC 8785 (JSON Canonicalization Scheme)
 * has it. Beyond it: moments as ISO 8601, whole numbers of 64 bits as their digits, bytes as base64.
 */
function canonicalJson(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('base64'));
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null || value instanceof Date) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}

/**
 * The text of a row that does not depend on how the file writes it: on quoting, the order of columns, ends of line or
 * compression.
 * @param columns names of the row's values; undefined where the row is an object
 */
export function canonicalizer(columns: readonly string[] | undefined): (values: RowValues) => string {
  if (columns === undefined) return canonicalJson;
  const order = columns.map((name, at) => ({ name, at })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const keys = order.map(({ name }, n) => `${n === 0 ? '{' : ','}${JSON.stringify(name)}:`);
  return (values) => {
    let text = '';
    order.forEach(({ at }, n) => {
      text += (keys[n] as string) + canonicalJson((values as readonly unknown[])[at] ?? null);
    });
    return `${text}}`;
  };
}

/**
 * The id of an event that has none: the same row gives the same id in every import, equal rows of a file different ones.
 * @param canonical text of the row
 * @param ordinal of the row among the equal rows of its file, from 1
 */
export const canonicalRowId = (canonical: string, ordinal: number): string =>
  derivedId('event', `${canonical}#${String(ordinal)}`);
