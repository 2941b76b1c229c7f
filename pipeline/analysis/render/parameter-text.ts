import type { Parameter } from './parameters.ts';

/** What ClickHouse reads back as the character itself in a value of a query parameter. */
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
  "'": "\\'",
};

const escaped = (text: string): string =>
  text.replace(/[\\\t\n\r\0']/g, (character) => ESCAPES[character] ?? character);

const inList = (item: string | number): string => (typeof item === 'number' ? String(item) : `'${escaped(item)}'`);

/**
 * The text of a parameter as ClickHouse takes it in `param_NAME` of its HTTP interface and in `SET param_NAME`.
 * Identifiers are taken as they are; everything else in the escaped form of tab-separated values.
 */
export function parameterText({ type, value }: Parameter): string {
  if (typeof value === 'object') return `[${value.map(inList).join(',')}]`;
  return type === 'Identifier' ? String(value) : escaped(String(value));
}
