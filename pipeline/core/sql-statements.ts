import { SuuupraError } from './errors.ts';

export interface SqlStatement {
  /** The statement without its semicolon, comments included. */
  readonly text: string;
  /** Line on which the text begins in the file, counted from 1. */
  readonly line: number;
}

/** How a dialect differs where it decides on which semicolon a statement ends. */
export interface SqlDialect {
  /** Whether a backslash in a string takes the meaning of the next character. ClickHouse: yes, Flink: no. */
  readonly backslashEscapes: boolean;
  /** Whether `$tag$ … $tag$` is a string. ClickHouse: yes, Flink: no. */
  readonly heredocs: boolean;
}

export const CLICKHOUSE_SQL: SqlDialect = { backslashEscapes: true, heredocs: true };
export const FLINK_SQL: SqlDialect = { backslashEscapes: false, heredocs: false };

export type SqlTokenKind = 'space' | 'comment' | 'quoted' | 'semicolon' | 'other';
interface Token {
  readonly kind: SqlTokenKind;
  readonly end: number;
}

/**
 * The tokens of SQL text in order; together they are the text. A string, quoted name or comment is one token, of
 * anything else every character is one.
 * @throws SuuupraError input_invalid where a string, name or comment is not closed
 */
export function* sqlTokens(sql: string, dialect: SqlDialect): Generator<{ kind: SqlTokenKind; text: string }> {
  for (let at = 0; at < sql.length;) {
    const { kind, end } = nextToken(sql, at, dialect);
    yield { kind, text: sql.slice(at, end) };
    at = end;
  }
}

/**
 * Splits SQL text at the semicolons that stand outside strings, quoted names and comments. Parts that hold nothing but
 * comments are left out.
 * @throws SuuupraError input_invalid where a string, name or comment is not closed, with the line it begins on
 */
export function splitStatements(sql: string, dialect: SqlDialect): readonly SqlStatement[] {
  const statements: SqlStatement[] = [];
  let begin = 0;
  let empty = true;
  for (let at = 0; at < sql.length;) {
    const token = nextToken(sql, at, dialect);
    if (token.kind === 'semicolon') {
      if (!empty) statements.push(statement(sql, begin, at));
      empty = true;
      begin = token.end;
    } else if (token.kind === 'quoted' || token.kind === 'other') empty = false;
    at = token.end;
  }
  if (!empty) statements.push(statement(sql, begin, sql.length));
  return statements;
}

function statement(sql: string, begin: number, end: number): SqlStatement {
  const text = sql.slice(begin, end);
  const lead = text.length - text.trimStart().length;
  return { text: text.trim(), line: lineAt(sql, begin + lead) };
}

const lineAt = (sql: string, index: number): number => sql.slice(0, index).split('\n').length;

function nextToken(sql: string, at: number, dialect: SqlDialect): Token {
  const char = sql[at] as string;
  if (/\s/.test(char)) return { kind: 'space', end: at + 1 };
  if (char === ';') return { kind: 'semicolon', end: at + 1 };
  if (sql.startsWith('--', at)) return { kind: 'comment', end: endOfLine(sql, at) };
  if (sql.startsWith('/*', at)) return { kind: 'comment', end: closing(sql, at, '*/', at + 2) };
  if (char === "'" || char === '"' || char === '`') return { kind: 'quoted', end: endOfQuoted(sql, at, char, dialect) };
  if (char === '$' && dialect.heredocs) {
    const tag = /^\$\w*\$/.exec(sql.slice(at, at + 128))?.[0];
    if (tag !== undefined) return { kind: 'quoted', end: closing(sql, at, tag, at + tag.length) };
  }
  return { kind: 'other', end: at + 1 };
}

function endOfLine(sql: string, at: number): number {
  const end = sql.indexOf('\n', at);
  return end < 0 ? sql.length : end;
}

function endOfQuoted(sql: string, at: number, quote: string, dialect: SqlDialect): number {
  for (let index = at + 1; index < sql.length; index++) {
    if (sql[index] === '\\' && dialect.backslashEscapes) index++;
    else if (sql[index] === quote) {
      if (sql[index + 1] !== quote) return index + 1;
      index++; // a doubled quote is one character of the string
    }
  }
  throw unclosed(sql, at, quote);
}

function closing(sql: string, at: number, mark: string, from: number): number {
  const end = sql.indexOf(mark, from);
  if (end < 0) throw unclosed(sql, at, sql.slice(at, from));
  return end + mark.length;
}

function unclosed(sql: string, at: number, mark: string): SuuupraError {
  const line = lineAt(sql, at);
  return new SuuupraError('input_invalid', `SQL: ${mark} on line ${String(line)} is not closed`, { details: { line } });
}
