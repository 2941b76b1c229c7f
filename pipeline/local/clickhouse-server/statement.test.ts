import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClickHouseError } from './errors.ts';
import { parseStatement } from './statement.ts';

const codeOf = (text: string): number => {
  try {
    parseStatement(text);
  } catch (error) {
    if (error instanceof ClickHouseError) return error.code;
    throw error;
  }
  return 0;
};

describe('statements that give rows', () => {
  it('cuts the FORMAT clause out and keeps the settings after it', () => {
    expect(parseStatement('SELECT 1 AS a FORMAT JSON SETTINGS max_threads = 1 ; -- done')).toEqual({
      kind: 'rows',
      query: 'SELECT 1 AS a ',
      format: 'JSON',
      tail: ' SETTINGS max_threads = 1',
    });
  });

  it('leaves settings before FORMAT with the query', () => {
    expect(parseStatement('SELECT 1 SETTINGS max_threads=1 FORMAT CSV')).toEqual({
      kind: 'rows',
      query: 'SELECT 1 SETTINGS max_threads=1 ',
      format: 'CSV',
      tail: '',
    });
  });

  it.each([
    'SELECT 1',
    'with x as (select 1) select * from x',
    '(SELECT 1) UNION ALL (SELECT 2)',
    'FROM t SELECT a',
    'SHOW TABLES',
    'DESCRIBE TABLE t',
    'EXPLAIN SELECT 1',
    'EXISTS TABLE t',
    'CHECK TABLE t',
    '/* a comment */ SELECT 1',
  ])('knows %s', (text) => {
    expect(parseStatement(text)).toMatchObject({ kind: 'rows', format: undefined, tail: '' });
  });

  it.each(["SELECT 'FORMAT CSV'", 'SELECT (SELECT 1 FORMAT CSV)', 'SELECT formatReadableSize(1) AS FORMAT'])(
    'sees no FORMAT clause in %s',
    (text) => {
      expect(parseStatement(text)).toMatchObject({ query: text, format: undefined });
    },
  );

  it('drops a comment at the end, which would hide what comes after it', () => {
    expect(parseStatement('SELECT 1 -- FORMAT CSV')).toMatchObject({ query: 'SELECT 1' });
  });
});

describe('statements without rows', () => {
  it.each([
    'CREATE TABLE t (a UInt8) ENGINE = Memory',
    'ALTER TABLE t DELETE WHERE 1',
    'SET max_threads = 1',
    'INSERT INTO t SELECT 1',
    'INSERT INTO t (a) WITH x AS (SELECT 1) SELECT * FROM x',
    'WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x',
    'CHECK GRANT SELECT ON *.*',
    'exit',
  ])('knows %s', (text) => {
    expect(parseStatement(`${text};`)).toMatchObject({ kind: 'command', query: text });
  });
});

describe('INSERT with data', () => {
  const data = (text: string): unknown => {
    const statement = parseStatement(text);
    return statement.kind === 'insert'
      ? [
          statement.head,
          statement.format,
          text.slice(statement.dataAt),
          ...(statement.settings === '' ? [] : [statement.settings]),
        ]
      : statement;
  };

  it.each([
    ['INSERT INTO t FORMAT CSV\n1,2\n', 'INSERT INTO t ', 'CSV', '1,2\n'],
    ['INSERT INTO t (a, b) FORMAT JSONEachRow {"a":1}', 'INSERT INTO t (a, b) ', 'JSONEachRow', '{"a":1}'],
    ['INSERT INTO t FORMAT RowBinary \r\n\n\x00\x01', 'INSERT INTO t ', 'RowBinary', '\n\x00\x01'],
    ["INSERT INTO t VALUES (1, ';'), (2, '--')", 'INSERT INTO t ', 'Values', "(1, ';'), (2, '--')"],

    ['INSERT INTO t FORMAT Values (1); SELECT 1', 'INSERT INTO t ', 'Values', '(1); SELECT 1'],
    ['INSERT INTO values VALUES (1)', 'INSERT INTO values ', 'Values', '(1)'],
    ['INSERT INTO format FORMAT CSV 1', 'INSERT INTO format ', 'CSV', '1'],
    ['INSERT INTO db.values VALUES (1)', 'INSERT INTO db.values ', 'Values', '(1)'],
    ['INSERT INTO t FORMAT Native', 'INSERT INTO t ', 'Native', ''],
  ])('finds where the data of %j begin', (text, head, format, rest) => {
    expect(data(text)).toEqual([head, format, rest]);
  });

  it('keeps the settings apart, which come after the name of a file', () => {
    expect(data('INSERT INTO t (a) SETTINGS async_insert=1 VALUES (1)')).toEqual([
      'INSERT INTO t (a) ',
      'Values',
      '(1)',
      'SETTINGS async_insert=1 ',
    ]);
  });

  it('finds the call of input() and its structure', () => {
    const text = "INSERT INTO t SELECT a + 1 FROM input('a UInt8, b Enum8(\\'x\\'=1)') FORMAT CSV\n1";
    const statement = parseStatement(text);
    if (statement.kind !== 'insert' || statement.input === undefined) throw new Error('no input()');
    expect(statement.input.structure).toBe("a UInt8, b Enum8('x'=1)");
    expect(statement.head.slice(statement.input.start, statement.input.end)).toMatch(/^input\(.*\)$/);
  });

  it('takes data that look like SQL for data', () => {
    expect(data('INSERT INTO t FORMAT TSV\na; DROP TABLE t')).toEqual(['INSERT INTO t ', 'TSV', 'a; DROP TABLE t']);
  });
});

describe('what is refused', () => {
  it.each(['', ';', ' \n', '-- only a comment', '/* a */'])('refuses %j as empty', (text) => {
    expect(codeOf(text)).toBe(62);
  });

  it.each([
    'SELECT 1; SELECT 2',
    'SELECT 1;; DROP TABLE t',
    "SELECT ';'; DROP TABLE t",
    'SELECT 1e--;DROP TABLE t',
    'SELECT (1;DROP TABLE t)',
    'SET a = 1; SELECT 1',
    'INSERT INTO t SELECT 1; DROP TABLE t',
    'DROP TABLE t; INSERT INTO t VALUES (1)',
    'SELECT /* ; */ 1 ; /* */ DROP TABLE t',
    'SELECT $a$;$b$; DROP TABLE t -- $a$',
  ])('refuses a second statement: %s', (text) => {
    expect(codeOf(text)).toBe(/\$a\$/.test(text) ? 0 : 62);
  });

  it.each(["SELECT 'open", 'SELECT `open', 'SELECT 1 /* open', "SELECT 'a\\'"])(
    'refuses %j, which does not end',
    (text) => {
      expect(codeOf(text)).toBe(62);
    },
  );

  it('throws nothing but its own errors, and what it lets through it reads the same way again', () => {
    const piece = fc.constantFrom(
      ...[
        "'",
        '"',
        '`',
        '$$',
        '$a$',
        '/*',
        '*/',
        '--',
        '//',
        '# ',
        '\n',
        '\\',
        ' ',
        ';',
        '1e',
        '-',
        '.',
        '(',
        ')',
        'x',
      ],
      ...['‘', '’', '“', '”', "x'", 'SELECT', 'FORMAT', 'CSV', 'INSERT', 'INTO'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = Buffer.from(`SELECT 1 ${pieces.join('')}`, 'utf8').toString('latin1');
        let statement;
        try {
          statement = parseStatement(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ClickHouseError);
          return;
        }
        if (statement.kind !== 'insert') expect(parseStatement(statement.query).kind).toBe(statement.kind);
      }),
      { numRuns: 2000 },
    );
  });
});
