import {
  CoreApp,
  LoadingState,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceInstanceSettings,
  type MetricFindValue,
  type ScopedVars,
} from '@grafana/data';
import { DataSourceWithBackend, getTemplateSrv, type TemplateSrv } from '@grafana/runtime';
import { from, map, of, switchMap, type Observable } from 'rxjs';
import { defaultQuery } from './defaults.ts';
import { Lookups } from './lookups.ts';
import type { SuuupraOptions, SuuupraQuery } from './types.ts';
import { AD_HOC_MACRO, asCondition, asDefinitionFilters, type AdHocFilter } from './variables/ad-hoc.ts';
import { replaceConditionalAll } from './variables/conditional-all.ts';
import { formatForSql, replaceInDefinition, replaceInParameters, withoutOwn } from './variables/interpolate.ts';
import { SuuupraVariables } from './variables/support.ts';

/** Parts of TemplateSrv that every supported Grafana has, but that its types do not show. */
interface FullTemplateSrv extends TemplateSrv {
  getAdhocFilters?(dataSource: string): AdHocFilter[];
}

/** What newer versions of Grafana hand over with a request instead. */
type Request = DataQueryRequest<SuuupraQuery> & { filters?: AdHocFilter[] };

/** The data source as the page uses it. Queries are run by the backend (datasource/pkg). */
export class SuuupraDataSource extends DataSourceWithBackend<SuuupraQuery, SuuupraOptions> {
  readonly lookups: Lookups;
  /** Where events are read from. */
  readonly database: string;
  private readonly templates: FullTemplateSrv = getTemplateSrv();

  constructor(settings: DataSourceInstanceSettings<SuuupraOptions>) {
    super(settings);
    this.database = settings.jsonData.database ?? 'analytics';
    this.lookups = new Lookups((path, parameters) => this.getResource<unknown>(path, parameters));
    this.variables = new SuuupraVariables(this);
    this.annotations = {
      getDefaultQuery: () => ({ ...defaultQuery(CoreApp.Dashboard), mode: 'sql', format: 'annotations' }),
    };
  }

  override getDefaultQuery(app: CoreApp): Partial<SuuupraQuery> {
    return defaultQuery(app);
  }

  override filterQuery(query: SuuupraQuery): boolean {
    return (
      query.hide !== true && (query.mode === 'analysis' ? query.definition !== undefined : query.rawSql.trim() !== '')
    );
  }

  /** Compiles analyses anew, with what variables are set to, and lets the backend run all queries. */
  override query(request: Request): Observable<DataQueryResponse> {
    const filters = request.filters ?? this.templates.getAdhocFilters?.(this.uid) ?? [];
    const targets = request.targets.filter((target) => this.filterQuery(target));
    return from(Promise.all(targets.map((target) => this.prepare(target, request, filters)))).pipe(
      map((prepared) => prepared.filter((target) => target !== undefined)),
      switchMap((asked) =>
        asked.length === 0 ? of({ data: [], state: LoadingState.Done }) : super.query({ ...request, targets: asked }),
      ),
    );
  }

  /** @returns undefined for an analysis that is refused only because a variable has no value: there is nothing to ask */
  private async prepare(
    target: SuuupraQuery,
    request: Request,
    filters: AdHocFilter[],
  ): Promise<SuuupraQuery | undefined> {
    if (target.mode !== 'analysis' || target.definition === undefined) return this.withAdHoc(target, filters);
    const { compileForRequest, withSubject } = await import('./analysis/range.ts');
    let isEmpty = false;
    const own = this.replaced(target.definition, request.scopedVars, () => {
      isEmpty = true;
    });
    const definition = withSubject(own, (subject) => {
      const given = Array.isArray(subject['filters']) ? (subject['filters'] as unknown[]) : [];
      return { ...subject, filters: [...given, ...asDefinitionFilters(filters)] };
    });
    const range = { from: request.range.from.toISOString(), to: request.range.to.toISOString() };
    try {
      return { ...target, ...compileForRequest(definition, range, { database: this.database }) };
    } catch (error) {
      if (isEmpty) return undefined;
      throw error;
    }
  }

  private withAdHoc(target: SuuupraQuery, filters: AdHocFilter[]): SuuupraQuery {
    if (!target.rawSql.includes('$__adHocFilters')) return target;
    const { condition, params } = asCondition(filters);
    return {
      ...target,
      rawSql: target.rawSql.replace(AD_HOC_MACRO, () => condition),
      params: { ...target.params, ...params },
    };
  }

  /** Replaces variables in SQL and parameters. What an analysis was compiled to has none. */
  override applyTemplateVariables(query: SuuupraQuery, scopedVars: ScopedVars): SuuupraQuery {
    if (query.mode === 'analysis') return query;
    const scoped = withoutOwn(scopedVars);
    const rawSql = replaceConditionalAll(query.rawSql, (name) => this.isAll(name));
    return {
      ...query,
      rawSql: this.templates.replace(rawSql, scoped, formatForSql),
      ...(query.params === undefined ? {} : { params: replaceInParameters(query.params, this.templates, scoped) }),
    };
  }

  private replaced(
    definition: Record<string, unknown>,
    scopedVars: ScopedVars,
    onEmpty?: () => void,
  ): Record<string, unknown> {
    return replaceInDefinition(definition, this.templates, scopedVars, (name) => this.isAll(name), onEmpty);
  }

  private isAll(name: string): boolean {
    const variable = this.templates.getVariables().find((item) => item.name === name);
    const { value, text } = (variable as { current?: { value?: unknown; text?: unknown } } | undefined)?.current ?? {};
    const is = (found: unknown, wanted: string): boolean =>
      found === wanted || (Array.isArray(found) && found[0] === wanted);
    return is(value, '$__all') || is(text, 'All');
  }

  override interpolateVariablesInQueries(queries: SuuupraQuery[], scopedVars: ScopedVars): SuuupraQuery[] {
    return queries.map((query) => ({
      ...this.applyTemplateVariables(query, scopedVars),
      ...(query.definition === undefined ? {} : { definition: this.replaced(query.definition, scopedVars) }),
    }));
  }

  override getQueryDisplayText(query: SuuupraQuery): string {
    return query.mode === 'analysis' ? JSON.stringify(query.definition ?? {}) : query.rawSql;
  }

  /** Keys of ad hoc filters: what filters of definitions can name. */
  override async getTagKeys(): Promise<MetricFindValue[]> {
    return (await this.lookups.properties()).map(({ name }) => ({ text: name }));
  }

  override async getTagValues({ key }: { key: string }): Promise<MetricFindValue[]> {
    return (await this.lookups.values({ property: key })).map(({ name }) => ({ text: name }));
  }
}
