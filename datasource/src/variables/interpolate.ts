import type { ScopedVars } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import type { BoundParameters } from '../types.ts';

/** Variables that stand for macros of the backend: replaced here, `$__interval` would be a bare 1m in the SQL. */
const BACKEND_OWN = ['__interval', '__interval_ms', '__interval_s'];

export function withoutOwn(scopedVars: ScopedVars): ScopedVars {
  return Object.fromEntries(Object.entries(scopedVars).filter(([name]) => !BACKEND_OWN.includes(name)));
}

/** Escapes a text for the inside of a quoted text of ClickHouse. */
const escaped = (text: string): string => text.replace(/[\\']/g, '\\$&');

/**
 * How a variable stands in SQL. Several values are a list of quoted texts, for IN ($variable). One value is escaped but
 * not quoted: the author has written '$variable', or wants a number or a name.
 */
export function formatForSql(value: unknown, variable: { multi?: boolean; includeAll?: boolean } = {}): string {
  if (Array.isArray(value)) return value.map((item) => `'${escaped(String(item))}'`).join(', ');
  const text = escaped(String(value));
  return variable.multi === true || variable.includeAll === true ? `'${text}'` : text;
}

const onlyVariable = /^\$(?:\{(\w+)(?::\w+)?\}|(\w+))$/;

/**
 * Replaces variables in a value of a parameter or definition. A text that is nothing but one variable of several values
 * becomes the list of them where a list is wanted.
 */
export function replaceInValue(value: unknown, list: boolean, srv: TemplateSrv, scopedVars: ScopedVars): unknown {
  if (typeof value !== 'string') return value;
  if (!list || !onlyVariable.test(value)) return srv.replace(value, scopedVars, plain);
  const values: string[] = [];
  srv.replace(value, scopedVars, (found: unknown) => {
    values.push(...(Array.isArray(found) ? found.map(String) : [String(found)]));
    return '';
  });
  return values.length > 0 ? values : [srv.replace(value, scopedVars)];
}

const plain = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value));

/** Replaces variables in the values of parameters, which the server binds: nothing needs quoting. */
export function replaceInParameters(
  params: BoundParameters,
  srv: TemplateSrv,
  scopedVars: ScopedVars,
): BoundParameters {
  return Object.fromEntries(
    Object.entries(params).map(([name, parameter]) => [
      name,
      { ...parameter, value: replaceInValue(parameter.value, parameter.type.startsWith('Array'), srv, scopedVars) },
    ]),
  );
}

const usesVariable = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(usesVariable) : typeof value === 'string' && /\$\{?\w|\[\[\w/.test(value);

const isFilter = (item: unknown): item is { property: unknown; value: unknown } =>
  typeof item === 'object' && item !== null && 'property' in item && 'value' in item;

/** Maps every value of a JSON tree; filters for which `keep` is false are left out of their lists. */
function mapTree(
  value: unknown,
  map: (value: string, isInList: boolean) => unknown,
  keep: (filter: { value: unknown }) => boolean,
): unknown {
  if (typeof value === 'string') return map(value, false);
  if (Array.isArray(value)) {
    return value
      .filter((item) => !isFilter(item) || keep(item))
      .flatMap((item: unknown) => (typeof item === 'string' ? map(item, true) : [mapTree(item, map, keep)]));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTree(item, map, keep)]));
}

/**
 * Replaces variables everywhere in a definition. Lists (`in`, `not_in`) take all values of a variable. A filter on a
 * variable that is set to "All" is left out: it would drop the events that lack the property.
 *
 * @param isAll whether the variable of that name is set to "All"
 * @param onEmpty told of a field that is one variable which has no value
 */
export function replaceInDefinition<T>(
  definition: T,
  srv: TemplateSrv,
  scopedVars: ScopedVars,
  isAll: (variable: string) => boolean,
  onEmpty?: () => void,
): T {
  const names = (value: unknown): string[] =>
    (Array.isArray(value) ? value : [value]).flatMap((item) => {
      const [, braced, bare] = (typeof item === 'string' ? onlyVariable.exec(item) : null) ?? [];
      return braced ?? bare ?? [];
    });
  return mapTree(
    definition,
    (text, isInList) => {
      const value = replaceInValue(text, isInList, srv, scopedVars);
      if (value === '' && onlyVariable.test(text)) onEmpty?.();
      return value;
    },
    ({ value }) => !names(value).some(isAll),
  ) as T;
}

/**
 * A definition without the filters that need a variable. What is stored as SQL is compiled from it, for those who know
 * no variables: alert rules and public dashboards.
 */
export const withoutVariables = <T>(definition: T): T =>
  mapTree(
    definition,
    (text) => text,
    ({ value }) => !usesVariable(value),
  ) as T;
