import { describe, expect, it } from 'vitest';
import { CLICKHOUSE_SQL, FLINK_SQL, splitStatements } from './sql-statements.ts';

const texts = (sql: string, dialect = CLICKHOUSE_SQL) => splitStatements(sql, dialect).map(({ text }) => text);

describe('splitStatements', () => {
  it('ends a statement at a semicolon and needs none after the last', () => {
    expect(texts('SELECT 1;\nSELECT 2')).toEqual(['SELECT 1', 'SELECT 2']);
  });

  it('does not end a statement inside strings, quoted names and comments', () => {
    const sql = 'SELECT \'a;b\', `c;d`, "e;f" -- g;h\n, 1 /* i;\nj */';
    expect(texts(`${sql};SELECT 2`)).toEqual([sql, 'SELECT 2']);
  });

  it('takes a doubled quote as part of the string', () => {
    expect(texts("SELECT 'it''s;' ; SELECT 2")).toEqual(["SELECT 'it''s;'", 'SELECT 2']);
  });

  it('takes a backslash as an escape in ClickHouse and as a character in Flink', () => {
    const sql = "SELECT 'a\\'; SELECT 'b'";
    expect(texts(sql, FLINK_SQL)).toEqual(["SELECT 'a\\'", "SELECT 'b'"]);
    expect(() => texts(sql)).toThrow("' on line 1 is not closed");
  });

  it('takes a heredoc as a string in ClickHouse', () => {
    expect(texts('SELECT $x$a;b$x$; SELECT 2')).toEqual(['SELECT $x$a;b$x$', 'SELECT 2']);
  });

  it('keeps the comment before a statement and leaves out parts without a statement', () => {
    expect(texts('-- why\nSELECT 1;;\n/* nothing */ ;-- end')).toEqual(['-- why\nSELECT 1']);
  });

  it('says on which line each statement begins, the comment before it included', () => {
    const lines = splitStatements('-- first\nSELECT\n1;\n\nSELECT 2;\n-- third\n  SELECT 3', CLICKHOUSE_SQL);
    expect(lines.map(({ line }) => line)).toEqual([1, 5, 6]);
  });

  it('names the line on which an unclosed comment begins', () => {
    expect(() => texts('SELECT 1;\n/* open')).toThrow('/* on line 2 is not closed');
  });
});
