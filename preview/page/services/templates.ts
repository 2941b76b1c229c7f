import { getDefaultTimeRange, type ScopedVars, type TimeRange, type TypedVariableModel } from '@grafana/data';
import { type TemplateSrv } from '@grafana/runtime';
import { themeName } from '../preferences.ts';
import { type DataContext, macro } from './macros.ts';
import { formatValue, type VariableValue } from './formats.ts';
import { currentVariables } from './variables.ts';

type Formatter = string | ((value: unknown, variable: unknown, fallback: unknown) => string) | undefined;
interface ScopedValue {
  readonly value: unknown;
  readonly text?: unknown;
  readonly skipFormat?: boolean;
}

// $name, [[name:format]], ${name.path["x"]:format}. A colon ends the path unless it is inside brackets.
const REFERENCE = /\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)((?:\.[^.:[\]}]+|\[[^\]]*\])*)(?::([^}]+))?\}/g;

let timeRange: TimeRange = getDefaultTimeRange();

/** Sets what $__from and $__to stand for. */
export const setTemplateTimeRange = (range: TimeRange): void => {
  timeRange = range;
};

/** The range that $__from and $__to stand for. */
export const templateTimeRange = (): TimeRange => timeRange;

function builtIn(name: string): unknown {
  switch (name) {
    case '__from':
      return timeRange.from.valueOf();
    case '__to':
      return timeRange.to.valueOf();
    case '__org':
      return { id: 1, name: 'Main Org.' };
    case '__user':
      return { id: 1, login: 'preview', email: 'preview@localhost' };
    case '__theme':
      return themeName();
    default:
      return undefined;
  }
}

/** $__from and $__to also know a `date` format, with an optional pattern: ${__from:date:YYYY-MM}. */
function dateText(name: string, format: Formatter): string | undefined {
  if ((name !== '__from' && name !== '__to') || typeof format !== 'string' || !format.startsWith('date'))
    return undefined;
  const time = name === '__from' ? timeRange.from : timeRange.to;
  const pattern = format.slice('date:'.length);
  if (pattern === 'seconds') return String(Math.round(time.valueOf() / 1000));
  return pattern === '' || pattern === 'iso' ? time.toISOString() : time.utc().format(pattern);
}

const along = (value: unknown, path: string): unknown =>
  path
    .split(/[.[\]"']+/)
    .filter(Boolean)
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);

const text = (value: unknown): string => (Array.isArray(value) ? value.join(' + ') : String(value));

function written(value: unknown, format: Formatter, name: string, shown: unknown): string {
  if (typeof format === 'function') return format(value, currentVariables.get(name) ?? { name }, format);
  if (value === undefined || value === null) return '';
  const plain = typeof value === 'object' && !Array.isArray(value) ? JSON.stringify(value) : (value as VariableValue);
  return formatValue(plain, format, name, text(shown ?? plain));
}

function resolve(name: string, path: string, format: Formatter, scoped: ScopedVars): string | undefined {
  const context = (scoped['__dataContext'] as { value: DataContext } | undefined)?.value;
  const fromContext = context && macro(name, path, context);
  if (fromContext !== undefined) return fromContext;

  const own = scoped[name] as ScopedValue | undefined;
  if (own) {
    const value = along(own.value, path);
    return own.skipFormat ? String(value) : written(value, format, name, path === '' ? own.text : value);
  }
  const date = dateText(name, format);
  if (date !== undefined) return date;
  const known = builtIn(name);
  if (known !== undefined) return written(along(known, path), format, name, undefined);
  if (name === '__all_variables')
    return currentVariables
      .all()
      .map((variable) => formatValue(variable.current.value, 'queryparam', variable.name, ''))
      .join('&');
  if (name === '__url_time_range')
    return `from=${String(timeRange.from.valueOf())}&to=${String(timeRange.to.valueOf())}`;
  const variable = currentVariables.get(name);
  return variable && written(along(variable.current.value, path), format, name, variable.current.text);
}

/** Grafana's replacement of variables in texts. What no variable stands for stays as it is written. */
export const templateSrv: TemplateSrv = {
  // A type with a member per kind of variable; the preview's are that of a chosen value.
  getVariables: () => currentVariables.all() as unknown as TypedVariableModel[],
  containsTemplate: (target) => target !== undefined && target.search(REFERENCE) >= 0,
  updateTimeRange: setTemplateTimeRange,
  replace(target, scopedVars = {}, format) {
    if (typeof target !== 'string') return target ?? '';
    return target.replace(
      REFERENCE,
      (whole, plain?: string, square?: string, squareFormat?: string, curly?: string, path?: string, own?: string) =>
        resolve(plain ?? square ?? curly ?? '', path ?? '', squareFormat ?? own ?? (format as Formatter), scopedVars) ??
        whole,
    );
  },
};
