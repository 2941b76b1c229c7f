import {
  type DataSourceApi,
  type DataSourceInstanceSettings,
  type DataSourceRef,
  type ScopedVars,
} from '@grafana/data';
import { type DataSourceSrv, type GetDataSourceListFilters } from '@grafana/runtime';
import { frontendSettings } from '../settings.ts';
import { importDataSourcePlugin } from './plugins.ts';
import { templateSrv } from './templates.ts';

type Reference = DataSourceRef | string | null | undefined;

const all = (): DataSourceInstanceSettings[] => Object.values(frontendSettings().datasources);

const firstValue = (value: unknown): string => String(Array.isArray(value) ? value[0] : value);

/** The settings that a reference means: by uid or name, else by type, else the default; variables are replaced. */
function find(reference: Reference, scopedVars?: ScopedVars): DataSourceInstanceSettings | undefined {
  const written = typeof reference === 'string' ? reference : reference?.uid;
  const key = written && templateSrv.replace(written, scopedVars, firstValue);
  if (key && key !== 'default') return all().find((source) => source.uid === key || source.name === key);
  const type = typeof reference === 'object' ? reference?.type : undefined;
  const candidates = type ? all().filter((source) => source.type === type) : all();
  const { defaultDatasource } = frontendSettings();
  return candidates.find((source) => source.name === defaultDatasource) ?? candidates[0];
}

const instances = new Map<string, Promise<DataSourceApi>>();

async function create(settings: DataSourceInstanceSettings): Promise<DataSourceApi> {
  const plugin = await importDataSourcePlugin(settings.meta);
  const instance = new plugin.DataSourceClass(settings);
  instance.components = plugin.components;
  instance.meta = settings.meta;
  return instance;
}

function describe(reference: Reference): string {
  if (typeof reference === 'string') return reference;
  return reference?.uid ?? reference?.type ?? 'default';
}

const matches = (source: DataSourceInstanceSettings, filters: GetDataSourceListFilters): boolean =>
  [filters.type ?? source.type].flat().includes(source.type) &&
  (filters.pluginId === undefined || source.type === filters.pluginId) &&
  (!filters.metrics || source.meta.metrics === true) &&
  (!filters.annotations || source.meta.annotations === true) &&
  (!filters.alerting || source.meta.alerting === true) &&
  (filters.filter?.(source) ?? true);

/** Grafana's list of data sources: those of provisioning/datasources whose plugin is there. */
export const dataSourceSrv: DataSourceSrv = {
  async get(reference, scopedVars) {
    const settings = find(reference, scopedVars);
    if (!settings) throw new Error(`Datasource ${describe(reference)} was not found`);
    let instance = instances.get(settings.uid);
    if (!instance) {
      instance = create(settings);
      instances.set(settings.uid, instance);
    }
    return instance;
  },
  getInstanceSettings: find,
  getList: (filters = {}) => all().filter((source) => matches(source, filters)),
  reload: () => Promise.resolve(),
  registerRuntimeDataSource: () => {
    throw new Error('Data sources that exist only in the browser are not part of the preview');
  },
};
