import { describe, expect, test } from 'vitest';
import { check } from '../check/check.ts';
import {
  and,
  ascending,
  call,
  column,
  compare,
  dynamic,
  equal,
  from,
  itself,
  lambda,
  minus,
  named,
  or,
  parametric,
  plus,
  select,
  storedEvents,
  times,
  union,
  value,
  windowed,
} from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';
import { parameterText } from './parameter-text.ts';
import { quoteIdentifier } from './quote.ts';
import { render } from './render.ts';

const text = (of: Expression): string => render(select({ columns: [named('x', of)] }), 'db').sql;
const [a, b, c] = [column('a'), column('b'), column('c')];

describe('printing', () => {
  test.each([
    [plus(a, times(b, c)), 'SELECT a + (b * c) AS x'],
    [minus(a, minus(b, c)), 'SELECT a - (b - c) AS x'],
    [and(equal(a, 1), or(b, c)), 'SELECT a = 1 AND (b OR c) AS x'],
    [or(and(a, b), c), 'SELECT (a AND b) OR c AS x'],
    [and(), 'SELECT true AS x'],
    [or(), 'SELECT false AS x'],
    [call('arrayMap', lambda(['a', 'b'], plus(a, b)), a, b), 'SELECT arrayMap((a, b) -> a + b, a, b) AS x'],
    [call('tupleElement', call('arrayElement', a, 1), 2), 'SELECT a[1].2 AS x'],
    [parametric('quantileExactInclusive', [0.5], a), 'SELECT quantileExactInclusive(0.5)(a) AS x'],
    [
      windowed(call('sum', a), { orderBy: [ascending(b)], frame: { unit: 'rows', from: 'unbounded', to: 0 } }),
      'SELECT sum(a) OVER (ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS x',
    ],
  ])('%#', (node, expected) => {
    expect(text(node)).toBe(expected.replace(/^SELECT /, 'SELECT '));
  });

  test('breaks what does not fit and keeps what does', () => {
    const long = Array.from({ length: 12 }, (_, index) => column(`a_long_name_${String(index)}`));
    const lines = text(call('coalesce', ...long)).split('\n');
    expect(lines.length).toBeGreaterThan(12);
    expect(lines.every((line) => line.length <= 110)).toBe(true);
  });

  test('members of a union keep their own clauses', () => {
    const one = select({ columns: [itself('a')], from: storedEvents, limit: value('n', 'UInt64', 1) });
    expect(render(union(one, one), 'db').sql.replaceAll(/\s+/g, ' ')).toBe(
      '(SELECT a FROM db.events FINAL LIMIT {n:UInt64}) UNION ALL (SELECT a FROM db.events FINAL LIMIT {n:UInt64})',
    );
  });
});

describe('parameters', () => {
  test('are named in the order in which they are printed; equal ones are shared, others of the name get a number', () => {
    const of = (bound: string): Expression => value('text', 'String', bound);
    const query = select({ columns: [named('x', call('concat', of('b'), of('a'), of('b'), dynamic('k')))] });
    const { sql, parameters } = render(query, 'db');
    expect(sql).toBe('SELECT concat({text:String}, {text_2:String}, {text:String}, {property:Identifier}) AS x');
    expect(parameters).toEqual({
      text: { type: 'String', value: 'b' },
      text_2: { type: 'String', value: 'a' },
      property: { type: 'Identifier', value: 'properties.k' },
    });
  });

  test.each([
    [{ type: 'String', value: "it's\t\\n\n" }, "it\\'s\\t\\\\n\\n"],
    [{ type: 'Array(String)', value: ["a'b", 'c,d'] }, "['a\\'b','c,d']"],
    [{ type: 'Array(Float64)', value: [1, -0.5] }, '[1,-0.5]'],
    [{ type: 'Identifier', value: "properties.it's\ta" }, "properties.it's\ta"],
    [{ type: 'Bool', value: true }, 'true'],
  ] as const)('%j travel as %j', (parameter, expected) => {
    expect(parameterText(parameter)).toBe(expected);
  });
});

test.each([
  ['plain_1', 'plain_1'],
  ['select', '`select`'],
  ['a b', '`a b`'],
  ['a`b\\c', '`a\\`b\\\\c`'],
  ['', '``'],
])('the name %j is written %s', (name, expected) => {
  expect(quoteIdentifier(name)).toBe(expected);
});

describe('the last check refuses', () => {
  const columns = [{ name: 'x', type: 'count', nullable: false }] as const;
  const checked = (query: Parameters<typeof check>[0]): (() => void) => {
    const rendered = render(query, 'db');
    return () => {
      check(query, columns, rendered);
    };
  };

  test('a value that is not of its type', () => {
    expect(checked(select({ columns: [named('x', value('n', 'UInt64', -1))] }))).toThrow('n is no UInt64');
    expect(checked(select({ columns: [named('x', value('id', 'UUID', 'x'))] }))).toThrow('id is no UUID');
  });

  test('a query that is not defined', () => {
    expect(checked(select({ columns: [itself('x')], from: from('nowhere') }))).toThrow('nowhere is not a named query');
  });

  test('other columns than those declared', () => {
    expect(checked(select({ columns: [named('y', compare(a, '>', 1))] }))).toThrow('columns y');
  });

  test('a function that is not on the list, and text of its own', () => {
    const foreign = { ...call('count'), name: 'file' } as unknown as Expression;
    expect(checked(select({ columns: [named('x', foreign)] }))).toThrow('file is not a known function');
    const raw = { kind: 'constant', value: 'x' } as unknown as Expression;
    expect(checked(select({ columns: [named('x', raw)] }))).toThrow('a constant text');
  });
});
