import { refuseAccessManagement } from './access-management.ts';
import { raise } from './errors.ts';
import { refuseHostAccess } from './host-access.ts';
import { isName, isSymbol, tokens, valueOf, type Token } from './lexer.ts';
import { rewriteProcesses } from './processes.ts';

/** What a client has sent, as far as this server has to know to run it. Texts are Latin-1 characters for bytes. */
export type Statement = RowsStatement | InsertStatement | CommandStatement;

/** Gives rows: the engine writes them `INTO OUTFILE`, a clause that goes between `query` and `tail`. */
export interface RowsStatement {
  readonly kind: 'rows';
  readonly query: string;
  /** Of the FORMAT clause, which stands neither in `query` nor in `tail`. */
  readonly format: string | undefined;
  /** SETTINGS after FORMAT. */
  readonly tail: string;
}

/** INSERT with data in a format. */
export interface InsertStatement {
  readonly kind: 'insert';
  /** All before SETTINGS, VALUES or FORMAT: the engine takes the name of a file only there. */
  readonly head: string;
  /** The SETTINGS clause; empty if there is none. */
  readonly settings: string;
  readonly format: string;
  /** Where the data begin; the length of the text if none of them are in it. */
  readonly dataAt: number;
  /** For INSERT … SELECT … FROM input('structure'): the structure, and where in `head` the call stands. */
  readonly input: { readonly structure: string; readonly start: number; readonly end: number } | undefined;
}

/** Everything else: its result, if any, is small and comes back in one piece. */
export interface CommandStatement {
  readonly kind: 'command';
  readonly query: string;
  readonly format: string | undefined;
}

const ROWS = new Set(['SELECT', 'WITH', 'FROM', 'SHOW', 'DESCRIBE', 'DESC', 'EXPLAIN', 'EXISTS', 'CHECK']);
const SPACE_BEFORE_DATA = /[ \t\f]*\r?\n?/y;

/** Whether the token at an index is the name of a table rather than a keyword. */
function isTableName(seen: readonly Token[], index: number): boolean {
  const before = seen.at(index - 1);
  return before?.keyword === 'INTO' || before?.keyword === 'TABLE' || isSymbol(before, '.');
}

/** The format of the data of an INSERT, if the last token read says that they follow. */
function announcedFormat(seen: readonly Token[]): { format: string; head: Token } | undefined {
  const last = seen.at(-1);
  const before = seen.at(-2);
  if (last === undefined || before === undefined || last.depth > 0) return undefined;
  if (last.kind === 'word' && before.keyword === 'FORMAT' && !isTableName(seen, -2))
    return { format: last.text, head: before };
  return last.keyword === 'VALUES' && !isTableName(seen, -1) ? { format: 'Values', head: last } : undefined;
}

/** Data begin after the line break that follows the name of the format, or with the first token after VALUES. */
function dataStart(text: string, seen: readonly Token[], next: Token | undefined): number {
  const last = seen.at(-1) as Token;
  if (last.keyword === 'VALUES' && seen.at(-2)?.keyword !== 'FORMAT') return next?.start ?? text.length;
  SPACE_BEFORE_DATA.lastIndex = last.end;
  SPACE_BEFORE_DATA.test(text);
  return SPACE_BEFORE_DATA.lastIndex;
}

/** The call of input() in an INSERT … SELECT. */
function inputCall(seen: readonly Token[]): InsertStatement['input'] {
  const at = seen.findIndex((token, i) => token.keyword === 'INPUT' && isSymbol(seen[i + 1], '('));
  const [name, , structure, close] = seen.slice(at, at + 4);
  if (at < 0 || name === undefined || structure?.kind !== 'string' || close === undefined) return undefined;
  return { structure: valueOf(structure), start: name.start, end: close.end };
}

/**
 * Reads one statement.
 * @param text the bytes sent, as Latin-1 characters; of an INSERT with data at least what comes before them
 * @throws ClickHouseError for no statement, several statements, and for what reaches into the server's machine
 */
export function parseStatement(text: string): Statement {
  const seen: Token[] = [];
  let select = false;
  const stream = tokens(text);
  for (let step = stream.next(); step.done !== true; step = stream.next()) {
    seen.push(step.value);
    if (seen[0]?.keyword !== 'INSERT') continue;
    select ||= step.value.keyword === 'SELECT' || step.value.keyword === 'WITH';
    const announced = announcedFormat(seen);
    const input = select ? inputCall(seen) : undefined;
    if (announced === undefined || (select && input === undefined)) continue;
    refuseHostAccess(seen);
    refuseSeveral(seen);
    const headEnd = seen.find((token) => token.keyword === 'SETTINGS' && token.depth === 0) ?? announced.head;
    const next = stream.next();
    return {
      kind: 'insert',
      head: text.slice(0, select ? announced.head.start : headEnd.start),
      settings: select ? '' : text.slice(headEnd.start, announced.head.start),
      format: announced.format,
      dataAt: dataStart(text, seen, next.done === true ? undefined : next.value),
      input,
    };
  }
  return parseWithoutData(text, seen);
}

/**
 * Refuses a second statement. A semicolon ends a statement wherever it stands outside quotes.
 * @returns the tokens before it
 */
export function refuseSeveral(seen: readonly Token[]): Token[] {
  const semicolon = seen.findIndex((token) => isSymbol(token, ';'));
  if (semicolon < 0) return [...seen];
  const more = seen.slice(semicolon).find((token) => !isSymbol(token, ';'));
  if (more !== undefined)
    throw raise.syntax(
      `Syntax error (Multi-statements are not allowed): failed at position ${String(more.start + 1)} (${more.text.slice(0, 40)}). Send one statement per request`,
    );
  return seen.slice(0, semicolon);
}

function parseWithoutData(text: string, seen: readonly Token[]): Statement {
  const open = seen.find((token) => token.kind === 'error');
  if (open !== undefined)
    throw raise.syntax(
      `Syntax error: failed at position ${String(open.start + 1)}: ${open.text.startsWith('/*') ? 'Multiline comment' : 'Quoted string'} is not closed`,
    );
  const statement = refuseSeveral(seen);
  const last = statement.at(-1);
  if (last === undefined) throw raise.syntax('Syntax error: Empty query');
  refuseHostAccess(statement);
  refuseAccessManagement(statement);
  const rewritten = rewriteProcesses(text.slice(0, last.end), statement);
  if (rewritten !== undefined) return parseStatement(rewritten);
  const clause = formatClause(statement);
  const format = clause === undefined ? undefined : statement[clause + 1]?.text;
  if (!givesRows(statement)) return { kind: 'command', query: text.slice(0, last.end), format };
  if (clause === undefined) return { kind: 'rows', query: text.slice(0, last.end), format: undefined, tail: '' };
  const query = text.slice(0, statement[clause]?.start);
  return { kind: 'rows', query, format, tail: text.slice(statement[clause + 1]?.end, last.end) };
}

function givesRows(statement: readonly Token[]): boolean {
  const first = statement.findIndex((token) => !isSymbol(token, '('));
  const keyword = statement[first]?.keyword ?? '';
  if (!ROWS.has(keyword)) return false;
  if (keyword === 'CHECK') return statement[first + 1]?.keyword !== 'GRANT';
  if (keyword !== 'WITH') return true;
  return !statement.some((token, i) => token.keyword === 'INSERT' && statement[i + 1]?.keyword === 'INTO');
}

/** Index of the word FORMAT of a FORMAT clause, which ends a statement or comes before its SETTINGS. */
function formatClause(statement: readonly Token[]): number | undefined {
  for (let i = statement.length - 2; i > 0; i--) {
    const [keyword, name, next] = statement.slice(i, i + 3);
    if (keyword?.keyword !== 'FORMAT' || keyword.depth > 0 || !isName(name)) continue;
    if (next === undefined || next.keyword === 'SETTINGS') return i;
  }
  return undefined;
}
