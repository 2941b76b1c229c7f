import type { DataSourceInstanceSettings } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';

const TYPE = 'suuupra-analytics-datasource';

/** Data sources of the app that this Grafana has. */
export const sources = (): DataSourceInstanceSettings[] => getDataSourceSrv().getList({ pluginId: TYPE });

/** The data source of a uid, else the default one if it is ours, else the first. */
export function chosenSource(uid: string | undefined): DataSourceInstanceSettings | undefined {
  const all = sources();
  return all.find((source) => source.uid === uid) ?? all.find((source) => source.isDefault) ?? all[0];
}
