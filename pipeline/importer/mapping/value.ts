import { derivedId, type Fault } from '@suuupra/contracts';
import type { Columns } from './columns.ts';
import { Unfit, toText, type Convert } from './convert.ts';
import type { MappedRow, Read } from './row.ts';
import type { Condition, Value } from './schema.ts';

/** What is wrong with the mapping itself. */
export type Refuse = (fault: Fault) => void;

const nothing: Read = () => undefined;

/** The text of a value for lookups, comparisons and templates; undefined where it has none. */
export function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = toText(value);
  return text instanceof Unfit ? undefined : (text as string);
}

/** What stands in a value, as it is shown in a fault. */
function shown(value: unknown): string {
  const text = typeof value === 'object' && value !== null && !(value instanceof Date) ? 'an object' : toText(value);
  return text instanceof Unfit ? typeof value : JSON.stringify(String(text).slice(0, 80));
}

/** A reader of a column that must exist. */
export function compileColumn(name: string, path: string, columns: Columns, refuse: Refuse): Read {
  const read = columns.find(name);
  if (read === undefined)
    refuse({ path, found: JSON.stringify(name), allowed: `one of the columns ${columns.names().join(', ')}` });
  return read ?? nothing;
}

function compileCondition(
  condition: Condition,
  path: string,
  columns: Columns,
  refuse: Refuse,
): (row: MappedRow) => boolean {
  const read = compileColumn(condition.column, `${path}.column`, columns, refuse);
  const { exists, equals, in: list } = condition;
  const texts = new Set((list ?? (equals === undefined ? [] : [equals])).map(String));
  const holds = (value: unknown): boolean => {
    if (exists !== undefined) return (value !== undefined) === exists;
    const text = textOf(value);
    return text !== undefined && texts.has(text);
  };
  const wanted = condition.not !== true;
  return (row) => holds(read(row)) === wanted;
}

/** Puts columns into a text: `{column}`; `{{` and `}}` are braces. Absent where one of the columns is. */
function compileTemplate(template: string, path: string, columns: Columns, refuse: Refuse): Read {
  const parts: (string | Read)[] = [];
  let end = 0;
  for (const match of template.matchAll(/\{\{|\}\}|\{([^{}]+)\}|[{}]/g)) {
    const [sign, name] = match;
    parts.push(template.slice(end, match.index));
    end = match.index + sign.length;
    if (name !== undefined) parts.push(compileColumn(name, path, columns, refuse));
    else if (sign.length === 2) parts.push(sign.charAt(0));
    else
      refuse({ path, found: JSON.stringify(template), allowed: 'columns in braces; {{ and }} for braces themselves' });
  }
  parts.push(template.slice(end));
  return (row) => {
    let text = '';
    for (const part of parts) {
      const piece = typeof part === 'string' ? part : textOf(part(row));
      if (piece === undefined) return undefined;
      text += piece;
    }
    return text;
  };
}

function compileSource(spec: Value, path: string, columns: Columns, refuse: Refuse): Read {
  if (spec.column !== undefined) {
    return compileColumn(spec.column, `${path}.column`, columns, refuse);
  }
  if (spec.template !== undefined) return compileTemplate(spec.template, `${path}.template`, columns, refuse);
  if (spec.row !== undefined) return spec.row === 'line' ? ({ line }) => line : ({ eventId }) => eventId;
  return () => spec.constant;
}

/** Replaces values by a table. A value that is not in it is refused unless the mapping says what stands for it. */
function compileMap(spec: Value, table: NonNullable<Value['map']>, path: string, read: Read): Read {
  const replacements = new Map(Object.entries(table).map(([from, to]) => [from, to ?? undefined]));
  return (row) => {
    const value = read(row);
    if (value === undefined) return undefined;
    const text = textOf(value);
    if (text !== undefined && replacements.has(text)) return replacements.get(text);
    if (spec.otherwise !== undefined) return spec.otherwise ?? undefined;
    row.faults.push({ path, found: shown(value), allowed: `one of ${[...replacements.keys()].join(', ')}` });
    return undefined;
  };
}

/**
 * A reader of a value as the mapping describes it, in this order: condition, source, default, table, UUID, conversion.
 * @param path of the value in the mapping, such as `event.session_id`
 * @param field of the event, such as `session_id`
 * @param convert into the form that the field wants
 */
export function compileValue(
  spec: Value,
  path: string,
  field: string,
  convert: Convert,
  columns: Columns,
  refuse: Refuse,
): Read {
  let read = compileSource(spec, path, columns, refuse);
  if (spec.default !== undefined) {
    const source = read;
    read = (row) => source(row) ?? spec.default;
  }
  if (spec.map !== undefined) read = compileMap(spec, spec.map, field, read);
  const holds = spec.when === undefined ? undefined : compileCondition(spec.when, `${path}.when`, columns, refuse);
  const { uuid } = spec;
  return (row) => {
    if (holds !== undefined && !holds(row)) return undefined;
    const value = read(row);
    if (value === undefined) return undefined;
    const converted = uuid === undefined ? convert(value) : toText(value);
    if (converted instanceof Unfit) {
      row.faults.push({ path: field, found: shown(value), allowed: converted.allowed });
      return undefined;
    }
    return uuid === undefined ? converted : derivedId(uuid, String(converted));
  };
}
