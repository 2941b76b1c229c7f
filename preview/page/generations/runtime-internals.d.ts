// Functions that @grafana/runtime 13 keeps for Grafana itself: they are in its npm package but not in its index. The
// build resolves "grafana-runtime:PATH" to the file of that path (build/resolve.ts).
declare module 'grafana-runtime:components/PluginPage' {
  import { type ComponentType } from 'react';
  import { type PluginPageProps } from './generation.ts';
  export function setPluginPage(component: ComponentType<PluginPageProps>): void;
}

declare module 'grafana-runtime:components/PanelDataErrorView' {
  import { type ComponentType } from 'react';
  import { type DataErrorProps } from './generation.ts';
  export function setPanelDataErrorView(component: ComponentType<DataErrorProps>): void;
}

declare module 'grafana-runtime:services/dataSource/settings' {
  export function initDataSourceInstanceSettings(settings: Record<string, unknown>, defaultName: string): void;
}

declare module 'grafana-runtime:services/dataSource/dataSource' {
  import { type DataSourcePluginMeta } from '@grafana/data';
  export function setDataSourcePluginImporter(load: (meta: DataSourcePluginMeta) => Promise<unknown>): void;
}
