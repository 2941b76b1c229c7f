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

/**
 * Replaces variables everywhere in a definition. Lists (`in`, `not_in`) take all values of a variable: an item that is
 * one variable is replaced by its values.
 */
export function replaceInDefinition<T>(definition: T, srv: TemplateSrv, scopedVars: ScopedVars): T {
  const replace = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.flatMap((item) =>
        typeof item === 'string' ? replaceInValue(item, true, srv, scopedVars) : replace(item),
      );
    }
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item)]));
    return replaceInValue(value, false, srv, scopedVars);
  };
  return replace(definition) as T;
}
