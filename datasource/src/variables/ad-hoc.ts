import type { BoundParameters } from '../types.ts';

/** A filter that somebody adds to a dashboard while looking at it. */
export interface AdHocFilter {
  key: string;
  operator: string;
  value: string;
  /** Several values, of Grafana's "one of" operators. */
  values?: string[];
}

/** Whether text can be read as the JSON number it looks like, so that the filter compares numbers. */
const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text) && Number.isFinite(Number(text));

/** Ad hoc filters as filters of a definition. */
export function asDefinitionFilters(filters: readonly AdHocFilter[]): Record<string, unknown>[] {
  return filters.map(({ key: property, operator, value, values }) => {
    switch (operator) {
      case '=':
        return { property, op: 'eq', value };
      case '!=':
        return { property, op: 'neq', value };
      case '=|':
        return { property, op: 'in', value: values ?? [value] };
      case '!=|':
        return { property, op: 'not_in', value: values ?? [value] };
      case '>':
      case '<':
        return { property, op: operator === '>' ? 'gt' : 'lt', value: isNumber(value) ? Number(value) : value };
      case '=~':
        return { property, op: 'matches', value };
      default:
        throw new Error(`The ad hoc filter on ${property} has the operator ${operator}, which analyses do not know`);
    }
  });
}

const CONDITIONS: Readonly<Record<string, (key: string, value: string) => string>> = {
  '=': (key, value) => `toString(${key}) = ${value}`,
  '!=': (key, value) => `toString(${key}) != ${value}`,
  '=|': (key, value) => `toString(${key}) IN ${value}`,
  '!=|': (key, value) => `toString(${key}) NOT IN ${value}`,
  '>': (key, value) => `toFloat64OrNull(toString(${key})) > toFloat64OrNull(${value})`,
  '<': (key, value) => `toFloat64OrNull(toString(${key})) < toFloat64OrNull(${value})`,
  '=~': (key, value) => `match(toString(${key}), ${value})`,
  '!~': (key, value) => `NOT match(toString(${key}), ${value})`,
};

/** The macro that SQL places the filters with. */
export const AD_HOC_MACRO = /\$__adHocFilters\b(?:\(\s*\))?/g;

/**
 * Ad hoc filters as a condition of SQL, for `$__adHocFilters`. Keys and values are parameters that the server binds:
 * nothing that somebody typed becomes text of the query.
 */
export function asCondition(filters: readonly AdHocFilter[]): { condition: string; params: BoundParameters } {
  const params: BoundParameters = {};
  const conditions = filters.map(({ key, operator, value, values }, index) => {
    const write = CONDITIONS[operator];
    if (write === undefined) throw new Error(`The ad hoc filter on ${key} has an unknown operator: ${operator}`);
    const several = operator.endsWith('|');
    const [keyName, valueName] = [`adhoc_key_${String(index)}`, `adhoc_value_${String(index)}`];
    const type = several ? 'Array(String)' : 'String';
    params[keyName] = { type: 'Identifier', value: key };
    params[valueName] = { type, value: several ? (values ?? [value]) : value };
    return write(`{${keyName}:Identifier}`, `{${valueName}:${type}}`);
  });
  return { condition: conditions.length === 0 ? '1 = 1' : `(${conditions.join(' AND ')})`, params };
}
