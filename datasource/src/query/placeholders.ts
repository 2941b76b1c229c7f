/** A placeholder {name:Type} of a query. */
export interface Placeholder {
  readonly name: string;
  readonly type: string;
}

const TOKENS =
  /'(?:[^'\\]|\\[^]|'')*'?|"(?:[^"\\]|\\[^])*"?|`(?:[^`\\]|\\[^])*`?|--[^\n]*|\/\*[^]*?(?:\*\/|$)|\{\s*(?<name>\w+)\s*:\s*(?<type>[^}]+?)\s*\}|[^]/gy;

/** The placeholders of a query in order, each once; those in texts and comments are none. */
export function placeholdersOf(sql: string): Placeholder[] {
  const found = new Map<string, Placeholder>();
  for (const { groups } of sql.matchAll(TOKENS)) {
    const { name, type } = groups ?? {};
    if (name !== undefined && type !== undefined && !found.has(name)) found.set(name, { name, type });
  }
  return [...found.values()];
}
