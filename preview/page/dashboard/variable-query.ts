import {
  CoreApp,
  type DataFrame,
  type DataQuery,
  type DataQueryRequest,
  type DataSourceApi,
  FieldType,
  LoadingState,
  type MetricFindValue,
  type TimeRange,
} from '@grafana/data';
import { filter, from, lastValueFrom, map, take, timeout } from 'rxjs';
import { dataSourceSrv } from '../services/datasources.ts';
import { runRequest } from '../services/run-request.ts';
import { templateSrv } from '../services/templates.ts';
import { type VariableJson, type VariableOption } from './model.ts';

/** The query of a variable that its data source answers itself, in the forms that Grafana knows. */
interface VariableSupport {
  getType(): string;
  query?(request: DataQueryRequest): ReturnType<DataSourceApi['query']>;
  toDataQuery?(query: unknown): DataQuery;
}

const LONGEST_MS = 60_000;

function requestOf(variable: VariableJson, query: DataQuery, range: TimeRange): DataQueryRequest {
  return {
    requestId: `variable-${variable.name}`,
    app: CoreApp.Dashboard,
    range,
    rangeRaw: range.raw,
    timezone: 'browser',
    interval: '1m',
    intervalMs: 60_000,
    scopedVars: {},
    startTime: Date.now(),
    targets: [query],
  };
}

/** Options of frames: the fields named text and value, else the first field that holds text or numbers. */
export function optionsOfFrames(frames: readonly DataFrame[]): VariableOption[] {
  return frames.flatMap((frame) => {
    const named = (name: string) => frame.fields.find((field) => field.name === name || field.name === `__${name}`);
    const plain = frame.fields.find((field) => field.type === FieldType.string) ?? frame.fields[0];
    const value = named('value') ?? named('text') ?? plain;
    const text = named('text') ?? value;
    return Array.from({ length: frame.length }, (_, row) => ({
      text: String(text?.values[row] ?? ''),
      value: String(value?.values[row] ?? ''),
    }));
  });
}

const optionsOfValues = (values: readonly MetricFindValue[]): VariableOption[] =>
  values.map((item) => ({ text: String(item.text), value: String(item.value ?? item.text) }));

async function framesOf(
  source: DataSourceApi,
  request: DataQueryRequest,
  support: VariableSupport,
): Promise<DataFrame[]> {
  // As a bare function, which is how Grafana calls it: one that needs its `this` fails there.
  const { query } = support;
  const answers = runRequest(source, request, query && ((asked) => from(query(asked))));
  const last = await lastValueFrom(
    answers.pipe(
      filter((data) => data.state !== LoadingState.Loading),
      take(1),
      timeout(LONGEST_MS),
      map((data) => data),
    ),
  );
  if (last.errors?.[0]) throw new Error(last.errors[0].message ?? 'The query failed');
  return last.series;
}

/** Asks the data source for the options of a query variable. */
export async function queryOptions(variable: VariableJson, range: TimeRange): Promise<VariableOption[]> {
  const source = await dataSourceSrv.get(variable.datasource);
  const support = (source as { variables?: VariableSupport }).variables;
  const written = variable.query ?? variable.definition ?? '';
  if (!support) {
    if (!source.metricFindQuery) throw new Error(`${source.name} answers no queries of variables`);
    const query = typeof written === 'string' ? templateSrv.replace(written) : written;
    return optionsOfValues(await source.metricFindQuery(query, { range, variable: { name: variable.name } }));
  }
  const query = support.toDataQuery?.(written) ?? (written as DataQuery);
  const complete = { ...query, refId: query.refId || `variable-${variable.name}`, datasource: source.getRef() };
  return optionsOfFrames(await framesOf(source, requestOf(variable, complete, range), support));
}
