import { type DataSourceApi, type DataSourcePlugin } from '@grafana/data';

/** A data source with the plugin that it comes from. */
export interface LoadedSource {
  readonly source: DataSourceApi;
  readonly plugin: DataSourcePlugin<DataSourceApi>;
}
