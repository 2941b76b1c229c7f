import { isSymbol, type Token } from './lexer.ts';

/**
 * The engine gives every query an id of its own and takes none from outside. So each query begins with a comment that
 * carries the id of the client, and this view shows system.processes as a ClickHouse server does. A query with parameters
 * is written anew by the engine, without comments: there the setting log_comment begins with the same (prelude.ts).
 */
const VIEW = 'client_processes';

/** The comment that carries a query id; hexadecimal, so that no id can end the comment. */
export const markOf = (queryId: string): string =>
  `/*q:${Buffer.from(queryId, 'utf8').toString('hex').toUpperCase()}*/`;

const MARK = String.raw`'^/\\*q:[0-9A-F]*\\*/'`;
const COMMENT = "Settings['log_comment']";

/** SQL expression of the mark of a row of system.processes; empty if it has none. */
export const MARK_OF_PROCESS = `extract(if(startsWith(query, '/*q:'), query, ${COMMENT}), ${MARK})`;

/** SQL expression of the client's query id, or the empty text. */
const CLIENT_ID = `unhex(extract(${MARK_OF_PROCESS}, ':([0-9A-F]*)'))`;

/** The settings without the mark, and without a comment that was nothing else. */
const SETTINGS = `mapFilter((name, text) -> name != 'log_comment' OR text != '',
    mapApply((name, text) -> (name, if(name = 'log_comment', replaceRegexpOne(text, ${MARK}, ''), text)), Settings))`;

/** Statement that creates the view; the database system lives in memory, so it has to be run at every start. */
export const CREATE_VIEW = String.raw`CREATE OR REPLACE VIEW system.${VIEW} AS
SELECT * EXCEPT (client_id) REPLACE (
  if(client_id != '', client_id, query_id) AS query_id,
  if(client_id != '', client_id, initial_query_id) AS initial_query_id,
  ${SETTINGS} AS Settings,
  replaceRegexpOne(replaceRegexpOne(query, ${MARK}, ''),
    ' (INTO OUTFILE|FROM INFILE) ''[^'']*''( TRUNCATE)? COMPRESSION ''[a-z0-9]*''', '') AS query)
FROM (SELECT *, ${CLIENT_ID} AS client_id FROM system.processes)`;

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
    if (at.text === 'query_id' || at.text === '`query_id`') return [{ at, by: CLIENT_ID }];
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
