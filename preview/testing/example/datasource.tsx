import {
  type DataQuery,
  type DataQueryRequest,
  type DataQueryResponse,
  DataSourceApi,
  type DataSourceInstanceSettings,
  type DataSourceJsonData,
  DataSourcePlugin,
  type DataSourcePluginOptionsEditorProps,
  FieldType,
  type MetricFindValue,
  type QueryEditorProps,
  toDataFrame,
} from '@grafana/data';
import { getTemplateSrv } from '@grafana/runtime';
import { CodeEditor, InlineField, Input } from '@grafana/ui';
import React from 'react';

interface ExampleQuery extends DataQuery {
  readonly kind?: string;
}

/** A data source that answers in the browser, so that tests of the page need no binary. */
class ExampleSource extends DataSourceApi<ExampleQuery> {
  // Grafana 10.1 needs a constructor that declares its one argument.
  // eslint-disable-next-line @typescript-eslint/no-useless-constructor
  constructor(settings: DataSourceInstanceSettings) {
    super(settings);
  }

  override query({ targets, scopedVars, range }: DataQueryRequest<ExampleQuery>): Promise<DataQueryResponse> {
    const kinds = targets.map(({ kind = 'table' }) => getTemplateSrv().replace(kind, scopedVars));
    if (kinds.includes('fail')) return Promise.reject(new Error('the example failed'));
    return Promise.resolve({ data: kinds.map((kind) => frameOf(kind, range.from.valueOf(), range.to.valueOf())) });
  }

  override metricFindQuery(): Promise<MetricFindValue[]> {
    return Promise.resolve([{ text: 'DE' }, { text: 'FR' }, { text: 'US' }]);
  }

  override testDatasource(): Promise<{ status: string; message: string }> {
    return Promise.resolve({ status: 'success', message: 'The example works' });
  }
}

function frameOf(kind: string, from: number, to: number) {
  if (kind === 'empty') return toDataFrame({ fields: [] });
  if (kind === 'series')
    return toDataFrame({
      fields: [
        { name: 'time', type: FieldType.time, values: [from, (from + to) / 2, to] },
        { name: 'users', type: FieldType.number, values: [1, 3, 2] },
      ],
    });
  return toDataFrame({
    meta: { notices: [{ severity: 'warning', text: 'an example' }] },
    fields: [
      { name: 'step', type: FieldType.string, values: ['view', 'cart', kind] },
      { name: 'rate', type: FieldType.number, values: [1, 0.5, 0.25] },
    ],
  });
}

const QueryEditor = ({ query, onChange }: QueryEditorProps<ExampleSource, ExampleQuery>) => (
  <CodeEditor
    language="sql"
    height={100}
    showMiniMap={false}
    value={query.kind ?? 'select 1'}
    onBlur={(kind) => {
      onChange({ ...query, kind });
    }}
  />
);

const ConfigEditor = ({ options, onOptionsChange }: DataSourcePluginOptionsEditorProps<DataSourceJsonData>) => (
  <InlineField label="URL" htmlFor="url">
    <Input
      id="url"
      value={options.url}
      onChange={(event) => {
        onOptionsChange({ ...options, url: event.currentTarget.value });
      }}
    />
  </InlineField>
);

export const plugin = new DataSourcePlugin(ExampleSource).setQueryEditor(QueryEditor).setConfigEditor(ConfigEditor);
