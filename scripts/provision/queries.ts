import { loadCatalogue, withNames } from '@suuupra/clickhouse';
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { compileForRange } from '../../datasource/src/analysis/range.ts';
import type { Format, SuuupraQuery } from '../../datasource/src/types.ts';
import { withoutVariables } from '../../datasource/src/variables/interpolate.ts';

/** The data source of provisioning/datasources. */
export const DATA_SOURCE = { type: 'suuupra-analytics-datasource', uid: 'suuupra-clickhouse' } as const;

const asBuilder = (query: Omit<SuuupraQuery, 'datasource'>): Builder<Dataquery> => {
  const complete = { ...query, datasource: DATA_SOURCE };
  return { build: () => ({ ...complete, _implementsDataqueryVariant: () => undefined }) as unknown as Dataquery };
};

const catalogue = await loadCatalogue();

/** A definition of the folder definitions/ by its name, with changes; a field that is changed to undefined is left out. */
export function definitionOf(name: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const definition = { ...(withNames(name, catalogue) as Record<string, unknown>), ...changes };
  return Object.fromEntries(Object.entries(definition).filter(([, value]) => value !== undefined));
}

/**
 * A query for an analysis: the definition, and beside it the SQL that those run who know no variables. Pages compile the
 * definition anew, with what variables are set to.
 */
export function analysisQuery(
  refId: string,
  definition: Record<string, unknown>,
  format: Format = 'table',
): Builder<Dataquery> {
  const { rawSql, params, facts } = compileForRange(withoutVariables(definition));
  return asBuilder({
    refId,
    mode: 'analysis',
    format,
    definition,
    rawSql,
    params,
    ...(facts === undefined ? {} : { facts }),
  });
}

/** A query in SQL. */
export const sqlQuery = (refId: string, rawSql: string, format: Format): Builder<Dataquery> =>
  asBuilder({ refId, mode: 'sql', format, rawSql });
