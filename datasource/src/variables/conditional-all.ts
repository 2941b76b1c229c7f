/**
 * `$__conditionalAll(condition, $variable)` is `1 = 1` while the variable is set to "All", and the condition otherwise.
 * Only the page knows what a variable is set to, so the page replaces it; texts and comments are left alone.
 *
 * @param isAll whether the variable of that name is set to "All"
 */
export function replaceConditionalAll(sql: string, isAll: (variable: string) => boolean): string {
  let out = '';
  for (let at = 0; at < sql.length;) {
    const end = tokenEnd(sql, at);
    const token = sql.slice(at, end);
    if (token !== MACRO) {
      out += token;
      at = end;
      continue;
    }
    const call = readCall(sql, end);
    const variable = call?.args.at(-1)?.match(/^['"]?\$\{?(\w+)(?::\w+)?\}?['"]?$/)?.[1];
    if (call === undefined || call.args.length !== 2 || variable === undefined) {
      out += token; // the backend says what is wrong with it
      at = end;
      continue;
    }
    out += isAll(variable) ? '1 = 1' : `(${replaceConditionalAll(call.args[0] ?? '', isAll)})`;
    at = call.end;
  }
  return out;
}

const MACRO = '$__conditionalAll';
const TOKENS =
  /'(?:[^'\\]|\\[^]|'')*'?|"(?:[^"\\]|\\[^])*"?|`(?:[^`\\]|\\[^])*`?|--[^\n]*|\/\*[^]*?(?:\*\/|$)|[$\w]+|[^]/y;

function tokenEnd(sql: string, at: number): number {
  TOKENS.lastIndex = at;
  TOKENS.exec(sql);
  return TOKENS.lastIndex;
}

/** Reads `(a, b)` after a macro. */
function readCall(sql: string, from: number): { args: string[]; end: number } | undefined {
  let at = from;
  while (/\s/.test(sql[at] ?? '')) at++;
  if (sql[at] !== '(') return undefined;
  const args: string[] = [];
  let depth = 0;
  for (let start = at + 1; at < sql.length;) {
    const end = tokenEnd(sql, at);
    const token = sql.slice(at, end);
    if ('([{'.includes(token)) depth++;
    else if (')]}'.includes(token)) depth--;
    if (depth === 0 || (depth === 1 && token === ',')) {
      args.push(sql.slice(start, at).trim());
      start = end;
    }
    at = end;
    if (depth === 0) return { args, end };
  }
  return undefined;
}
