import type { Condition, Filter, Scalar } from '../definitions/filters.ts';
import { and, call, column, compare, constant, equal, isIn, not, or, value } from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';
import { isUuidColumn, propertyForms } from './properties.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NEVER = constant(false);

/** A comparison with a property that may be missing: missing fails. */
const orFalse = (nullable: boolean, test: Expression): Expression => (nullable ? call('ifNull', test, false) : test);

/** The property equals one of the values, each compared with its own JSON type only. */
function equalsOneOf(name: string, values: readonly Scalar[]): Expression {
  const forms = propertyForms(name);
  const texts = values.filter((item) => typeof item === 'string');
  const numbers = values.filter((item) => typeof item === 'number');
  const booleans = values.filter((item) => typeof item === 'boolean');
  if (isUuidColumn(name)) return equalsUuid(name, texts);
  const tests: Expression[] = [];
  if (texts.length > 0 && forms.string !== undefined) {
    const test =
      texts.length === 1
        ? equal(forms.string, value('text', 'String', texts[0] ?? ''))
        : isIn(forms.string, value('texts', 'Array(String)', texts));
    tests.push(orFalse(forms.nullable, test));
  }
  if (numbers.length > 0 && forms.number !== undefined) {
    const test =
      numbers.length === 1
        ? equal(forms.number, value('number', 'Float64', numbers[0] ?? 0))
        : isIn(forms.number, value('numbers', 'Array(Float64)', numbers));
    tests.push(orFalse(true, test));
  }
  for (const item of new Set(booleans))
    if (forms.boolean !== undefined) tests.push(orFalse(true, equal(forms.boolean, value('flag', 'Bool', item))));
  return or(...tests);
}

/** Identifiers are compared as they are stored, so that the primary key helps. Other spellings are other texts. */
function equalsUuid(name: string, texts: readonly string[]): Expression {
  const ids = texts.filter((text) => UUID.test(text));
  if (ids.length === 0) return NEVER;
  return ids.length === 1
    ? equal(column(name), value('id', 'UUID', ids[0] ?? ''))
    : isIn(column(name), value('ids', 'Array(UUID)', ids));
}

type Ordering = Extract<Condition, { op: 'gt' | 'gte' | 'lt' | 'lte' }>;
const SIGNS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** Numbers where both sides are JSON numbers, else bytes of the values as JSON shows them. */
function ordered(condition: Ordering): Expression {
  const { text, number, nullable } = propertyForms(condition.property);
  const sign = SIGNS[condition.op];
  const asText = orFalse(nullable, compare(text, sign, value('text', 'String', String(condition.value))));
  if (typeof condition.value === 'string' || number === undefined) return asText;
  return call('ifNull', compare(number, sign, value('number', 'Float64', condition.value)), asText);
}

type Textual = Extract<Condition, { op: 'contains' | 'not_contains' | 'starts_with' | 'matches' }>;

function textual(condition: Textual): Expression {
  const { text, nullable } = propertyForms(condition.property);
  const bound = (name: string, of: string): Expression => value(name, 'String', of);
  switch (condition.op) {
    case 'contains':
      return orFalse(nullable, compare(call('position', text, bound('text', condition.value)), '>', 0));
    case 'not_contains':
      return not(textual({ ...condition, op: 'contains' }));
    case 'starts_with':
      return orFalse(nullable, call('startsWith', text, bound('text', condition.value)));
    case 'matches':
      // ClickHouse lets `.` match a newline unless told otherwise; a flag in the expression itself still wins.
      return orFalse(nullable, call('match', text, bound('pattern', `(?-s)${condition.value}`)));
  }
}

function exists(name: string): Expression {
  const { text, nullable } = propertyForms(name);
  return nullable ? call('isNotNull', text) : constant(true);
}

function conditionExpression(condition: Condition): Expression {
  switch (condition.op) {
    case 'eq':
      return equalsOneOf(condition.property, [condition.value]);
    case 'neq':
      return not(equalsOneOf(condition.property, [condition.value]));
    case 'in':
      return equalsOneOf(condition.property, condition.value);
    case 'not_in':
      return not(equalsOneOf(condition.property, condition.value));
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return ordered(condition);
    case 'contains':
    case 'not_contains':
    case 'starts_with':
    case 'matches':
      return textual(condition);
    case 'exists':
      return exists(condition.property);
    case 'not_exists':
      return not(exists(condition.property));
  }
}

const isList = (filter: Filter | readonly Filter[]): filter is readonly Filter[] => Array.isArray(filter);

function filterExpression(filter: Filter | readonly Filter[]): Expression {
  if (isList(filter)) return allFilters(filter);
  return 'any' in filter ? or(...filter.any.map(filterExpression)) : conditionExpression(filter);
}

/** Whether an event passes every filter of a list. Never null: a missing property is a plain false or true. */
export const allFilters = (filters: readonly Filter[]): Expression => and(...filters.map(filterExpression));
