import { isSymbol, type Token } from './lexer.ts';

/**
 * The engine gives every query an id of its own and takes none from outside. So each query begins with a comment that
 * carries the id of the client, and this view shows system.processes as a ClickHouse server does.
 */
const VIEW = 'client_processes';

/** The comment that carries a query id; hexadecimal, so that no id can end the comment. */
export const markOf = (queryId: string): string =>
  `/*q:${Buffer.from(queryId, 'utf8').toString('hex').toUpperCase()}*/`;

/** The mark with which the text of a query begins; empty if it has none. */
export const markIn = (query: string): string => /^\/\*q:[0-9A-F]*\*\//.exec(query)?.[0] ?? '';

/** The same as an SQL expression over the column query. */
export const MARK_OF_QUERY = String.raw`extract(query, '^/\\*q:[0-9A-F]*\\*/')`;

/** SQL expression of the client's query id, from the text of a query. */
const idFrom = (query: string): string => String.raw`unhex(extract(${query}, '^/\\*q:([0-9A-F]*)\\*/'))`;

/** Statement that creates the view; the database system lives in memory, so it has to be run at every start. */
export const CREATE_VIEW = String.raw`CREATE OR REPLACE VIEW system.${VIEW} AS SELECT * REPLACE (
  if(startsWith(p.query, '/*q:'), ${idFrom('p.query')}, p.query_id) AS query_id,
  if(startsWith(p.query, '/*q:'), ${idFrom('p.query')}, p.initial_query_id) AS initial_query_id,
  replaceRegexpOne(replaceRegexpOne(p.query, '^/\\*q:[0-9A-F]*\\*/', ''),
    ' (INTO OUTFILE|FROM INFILE) ''[^'']*''( TRUNCATE)? COMPRESSION ''[a-z0-9]*''', '') AS query)
FROM system.processes AS p`;

interface Edit {
  readonly at: Token;
  readonly by: string;
}

/**
 * Makes a statement that speaks of query ids speak of the clients' ids.
 * @returns the new text, or undefined if there is nothing to change
 */
export function rewriteProcesses(text: string, statement: readonly Token[]): string | undefined {
  const [first, second] = statement;
  if (first?.keyword === 'SHOW' && second?.keyword === 'PROCESSLIST')
    return `SELECT * FROM system.${VIEW} ORDER BY elapsed DESC${text.slice(second.end)}`;
  if (first?.keyword === 'KILL' && second?.keyword === 'QUERY') return applyEdits(text, killEdits(statement));
  const keyword = statement.find((token) => !isSymbol(token, '('))?.keyword ?? '';
  return ['SELECT', 'WITH', 'FROM'].includes(keyword) ? applyEdits(text, selectEdits(statement)) : undefined;
}

/** KILL … SYNC waits for ever in the embedded engine, and its query_id is the engine's own. */
const killEdits = (statement: readonly Token[]): Edit[] =>
  statement.flatMap((at) => {
    if (at.text === 'query_id' || at.text === '`query_id`') return [{ at, by: idFrom('query') }];
    return at.keyword === 'SYNC' ? [{ at, by: 'ASYNC' }] : [];
  });

/** The table system.processes, but not a column written with it (system.processes.query). */
const selectEdits = (statement: readonly Token[]): Edit[] =>
  statement.flatMap((token, i) => {
    const [dot, table, after] = statement.slice(i + 1, i + 4);
    const isTable = token.text === 'system' && isSymbol(dot, '.') && table?.text === 'processes';
    return isTable && !isSymbol(after, '.') ? [{ at: table, by: VIEW }] : [];
  });

function applyEdits(text: string, edits: readonly Edit[]): string | undefined {
  if (edits.length === 0) return undefined;
  let result = '';
  let from = 0;
  for (const { at, by } of edits) {
    result += text.slice(from, at.start) + by;
    from = at.end;
  }
  return result + text.slice(from);
}
