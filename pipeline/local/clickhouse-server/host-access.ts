import { raise } from './errors.ts';
import { isName, isSymbol, valueOf, type Token } from './lexer.ts';

/**
 * What the engine's own grants (see engine-config.ts) do not cover: an embedded engine trusts whoever can call it
 * with the files of the machine, and a few clauses reach files or the network without asking for a privilege.
 * @param statement its tokens, without the data of an INSERT
 * @throws ClickHouseError 497 or 48
 */
export function refuseHostAccess(statement: readonly Token[]): void {
  const dictionary = statement.some((token) => token.keyword === 'DICTIONARY');
  statement.forEach((token, i) => {
    const next = statement[i + 1];
    const before = statement[i - 1];
    if (token.keyword === 'INTO' && next?.keyword === 'OUTFILE')
      throw raise.notImplemented('INTO OUTFILE is not allowed: the result comes in the response');
    if (token.keyword === 'FROM' && next?.keyword === 'INFILE')
      throw raise.notImplemented('FROM INFILE is not allowed: send the data in the body of the request');
    if (isFileFunction(token, next, before, statement[i - 2]))
      throw raise.accessDenied('The function file reads files of the server and is not allowed');
    if (token.keyword === 'DISK' && isSymbol(before, '=') && isSymbol(next, '('))
      throw raise.accessDenied('A disk defined in a query is not allowed: tables live in the data directory');
    if (dictionary && token.keyword === 'SOURCE' && isSymbol(next, '(')) refuseRemoteDictionary(statement.slice(i + 2));
  });
}

/** `file(…)` as a function, quoted or not, and `APPLY(file)`; not a table of that name before its list of columns. */
function isFileFunction(token: Token, next?: Token, before?: Token, beforeThat?: Token): boolean {
  if (!isName(token) || valueOf(token) !== 'file') return false;
  if (before?.keyword === 'APPLY' || (isSymbol(before, '(') && beforeThat?.keyword === 'APPLY')) return true;
  const isTable = before !== undefined && ['INTO', 'TABLE', 'EXISTS'].includes(before.keyword);
  return isSymbol(next, '(') && !isTable && !isSymbol(before, '.');
}

/** A dictionary may be filled from this server's own tables only; no privilege of the engine stands before the others. */
function refuseRemoteDictionary(source: readonly Token[]): void {
  const kind = source[0];
  const depth = (kind?.depth ?? 0) + 1;
  const end = source.findIndex((token) => isSymbol(token, ')') && token.depth < depth);
  const inside = source.slice(1, end < 0 ? undefined : end);
  const remote = inside.some((token) => ['HOST', 'PORT', 'REPLICA'].includes(token.keyword));
  if (kind === undefined || !['CLICKHOUSE', 'NULL'].includes(kind.keyword) || remote)
    throw raise.accessDenied(
      'A dictionary can only have the source CLICKHOUSE without HOST and PORT, which reads tables of this server',
    );
}
