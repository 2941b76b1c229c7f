import { describe, expect, it } from 'vitest';
import { ClickHouseError } from './errors.ts';
import { refuseHostAccess } from './host-access.ts';
import { tokens } from './lexer.ts';

const codeOf = (text: string): number => {
  try {
    refuseHostAccess([...tokens(Buffer.from(text, 'utf8').toString('latin1'))]);
  } catch (error) {
    return error instanceof ClickHouseError ? error.code : -1;
  }
  return 0;
};

describe('refuseHostAccess', () => {
  it.each([
    ["SELECT file('/etc/passwd')", 497],
    ["SELECT `file`('/etc/passwd')", 497],
    ["SELECT `fi\\x6ce`('/etc/passwd')", 497],
    ["SELECT “file”('/etc/passwd')", 497],
    ["SELECT file /* */ ('/etc/passwd')", 497],
    ["SELECT * APPLY(file) FROM (SELECT '/etc/passwd')", 497],
    ["SELECT * APPLY file FROM (SELECT '/etc/passwd')", 497],
    ['CREATE FUNCTION f AS (x) -> file(x)', 497],
    ["SELECT 1 INTO OUTFILE '/tmp/x'", 48],
    ["INSERT INTO t FROM INFILE '/etc/passwd' FORMAT TSV", 48],
    ["CREATE TABLE t (a UInt8) ENGINE=MergeTree ORDER BY a SETTINGS disk = disk(type=web, endpoint='http://h/')", 497],
    ["CREATE DICTIONARY d (a UInt64) PRIMARY KEY a SOURCE(HTTP(url 'http://h/' format 'TSV')) LAYOUT(FLAT())", 497],
    ["CREATE DICTIONARY d (a UInt64) PRIMARY KEY a SOURCE(FILE(path '/etc/passwd' format 'TSV'))", 497],
    ["CREATE DICTIONARY d (a UInt64) PRIMARY KEY a SOURCE(CLICKHOUSE(host 'h' port 9000 table 't'))", 497],
  ])('refuses %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it.each([
    'SELECT file FROM t',
    'SELECT "file", t.file FROM t',
    'INSERT INTO file (a) SELECT 1',
    'CREATE TABLE file (a UInt8) ENGINE = Memory',
    'CREATE TABLE IF NOT EXISTS file (a UInt8) ENGINE = Memory',
    "SELECT 'file(x)', '-- INTO OUTFILE'",
    'SELECT disk FROM t WHERE disk = (SELECT 1)',
    "CREATE DICTIONARY d (a UInt64) PRIMARY KEY a SOURCE(CLICKHOUSE(table 't' db 'default')) LAYOUT(FLAT()) LIFETIME(0)",
    "CREATE DICTIONARY d (port UInt64) PRIMARY KEY port SOURCE(CLICKHOUSE(table 't')) LAYOUT(FLAT())",
  ])('lets %s pass', (text) => {
    expect(codeOf(text)).toBe(0);
  });
});
