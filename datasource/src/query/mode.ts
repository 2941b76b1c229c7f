import { FIRST_SQL } from '../defaults.ts';
import type { Mode, SuuupraQuery } from '../types.ts';
import type { RangedQuery } from '../analysis/range.ts';

/** What becomes of a query when its editor is changed. */
export type Conversion =
  /** Nothing is lost. */
  | { readonly kind: 'exact'; readonly query: SuuupraQuery }
  /** The SQL was edited and no form can show it: going on means to drop it. */
  | { readonly kind: 'drops-sql'; readonly query: SuuupraQuery };

const sameSql = (query: SuuupraQuery, compiled: RangedQuery): boolean =>
  query.rawSql.trim() === compiled.rawSql.trim() && JSON.stringify(query.params) === JSON.stringify(compiled.params);

/**
 * Changes the editor of a query. An analysis becomes SQL with all of its parameters and keeps its definition; back it goes
 * without loss as long as the SQL is what the definition compiles to.
 *
 * @param compiled what the query's definition compiles to, or undefined if it has none or is not complete
 */
export function changeMode(query: SuuupraQuery, mode: Mode, compiled: RangedQuery | undefined): Conversion {
  if (mode === 'sql') {
    const sql = query.mode === 'analysis' && compiled !== undefined ? sqlOf(compiled) : {};
    return { kind: 'exact', query: { ...query, ...sql, mode } };
  }
  const untouched =
    ['', FIRST_SQL].includes(query.rawSql.trim()) || (compiled !== undefined && sameSql(query, compiled));
  const begun = { definition: { analysis: 'funnel', steps: [{}, {}] }, format: 'table' as const, ...sqlOf(undefined) };
  const analysis = query.definition === undefined ? begun : sqlOf(compiled);
  return { kind: untouched ? 'exact' : 'drops-sql', query: { ...query, ...analysis, mode } };
}

/** The part of a query that the backend runs; without SQL for a definition that is not complete. */
export function sqlOf(compiled: RangedQuery | undefined): Pick<SuuupraQuery, 'rawSql' | 'params' | 'facts'> {
  return { rawSql: compiled?.rawSql ?? '', params: compiled?.params ?? {}, facts: compiled?.facts };
}
