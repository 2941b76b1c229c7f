import type { Monaco, MonacoEditor } from '@grafana/ui';
import type { SuuupraDataSource } from '../datasource.ts';
import type { Found } from '../types.ts';

const KEYWORDS =
  'SELECT FROM WHERE PREWHERE GROUP BY ORDER BY HAVING LIMIT LIMIT BY WITH AS AND OR NOT IN BETWEEN LIKE ILIKE IS NULL DISTINCT JOIN LEFT INNER ANTI SEMI ASOF ON USING UNION ALL FINAL SAMPLE SETTINGS ARRAY JOIN OVER PARTITION BY WITH FILL CASE WHEN THEN ELSE END ASC DESC NULLS FIRST LAST'.split(
    ' ',
  );

const MACRO_HELP: Readonly<Record<string, string>> = {
  $__timeFilter: 'rows in the time range, by a column of type DateTime',
  $__timeFilter_ms: 'rows in the time range, by a column of type DateTime64',
  $__dateFilter: 'rows in the time range, by a column of type Date',
  $__dateTimeFilter: 'rows in the time range, by a Date column and a DateTime column',
  $__timeInterval: 'start of the interval that suits the panel',
  $__timeInterval_ms: 'start of the interval, for DateTime64',
  $__timeGroup: 'start of an interval: column, interval, fill',
  $__fromTime: 'start of the time range, DateTime',
  $__toTime: 'end of the time range, DateTime',
  $__fromTime_ms: 'start of the time range, DateTime64(3)',
  $__toTime_ms: 'end of the time range, DateTime64(3)',
  $__interval: 'the interval that suits the panel',
  $__interval_s: 'the same in seconds',
  $__interval_ms: 'the same in milliseconds',
  $__conditionalAll: 'a condition, unless a variable is set to All',
  $__adHocFilters: 'the ad hoc filters of the dashboard',
};

/** The tables that a query names after FROM or JOIN. */
export function tablesOf(sql: string): { database?: string; table: string }[] {
  const tables = [...sql.matchAll(/\b(?:FROM|JOIN)\s+(?:`?(\w+)`?\.)?`?(\w+)`?/gi)];
  return tables.flatMap(([, database, table]) => {
    if (table === undefined) return [];
    return [database === undefined ? { table } : { database, table }];
  });
}

/** Completes keywords, macros, functions, tables after FROM, and the columns of the tables that are named. */
export function registerCompletion(
  monaco: Monaco,
  editor: MonacoEditor,
  { lookups }: SuuupraDataSource,
): { dispose(): void } {
  const { CompletionItemKind } = monaco.languages;
  const quietly = (find: Promise<Found[]>): Promise<Found[]> => find.catch(() => []);
  return monaco.languages.registerCompletionItemProvider('sql', {
    triggerCharacters: ['$', '.', ' '],
    async provideCompletionItems(model, position) {
      if (model !== editor.getModel()) return { suggestions: [] }; // one provider per editor of the page
      const before = model.getValueInRange({
        startLineNumber: 1,
        startColumn: 1,
        endLineNumber: position.lineNumber,
        endColumn: position.column,
      });
      const started = /[$\w]*$/.exec(before)?.[0].length ?? 0;
      const range = {
        startLineNumber: position.lineNumber,
        endLineNumber: position.lineNumber,
        startColumn: position.column - started,
        endColumn: position.column,
      };
      const item = (label: string, kind: number, detail = '') => ({ label, kind, detail, insertText: label, range });
      const place = before.slice(0, before.length - started);
      const database = /\b(?:FROM|JOIN)\s+(\w+)\.$/i.exec(place)?.[1];
      if (database !== undefined || /\b(?:FROM|JOIN)\s+$/i.test(place)) {
        const [tables, schemas] = await Promise.all([
          quietly(lookups.tables(database)),
          database === undefined ? quietly(lookups.schemas()) : [],
        ]);
        return {
          suggestions: [
            ...tables.map(({ name, type }) => item(name, CompletionItemKind.Struct, type)),
            ...schemas.map(({ name }) => item(name, CompletionItemKind.Module, 'database')),
          ],
        };
      }
      const named = tablesOf(model.getValue());
      const [functions, ...columns] = await Promise.all([
        quietly(lookups.functions()),
        ...named.map(({ table, database: of }) => quietly(lookups.columns(table, of))),
      ]);
      return {
        suggestions: [
          ...columns.flat().map(({ name, type }) => item(name, CompletionItemKind.Field, type)),
          ...Object.entries(MACRO_HELP).map(([name, help]) => item(name, CompletionItemKind.Snippet, help)),
          ...functions
            .filter(({ type }) => type !== 'macro')
            .map(({ name, type }) => item(name, CompletionItemKind.Function, type)),
          ...KEYWORDS.map((word) => item(word, CompletionItemKind.Keyword)),
        ],
      };
    },
  });
}
