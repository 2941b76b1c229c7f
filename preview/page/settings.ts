import {
  type DataSourceInstanceSettings,
  type DataSourcePluginMeta,
  type PanelPluginMeta,
  type PluginMetaInfo,
} from '@grafana/data';

/** An app as /api/frontend/settings lists it. */
export interface AppSettings {
  readonly id: string;
  readonly path: string;
  readonly version: string;
  readonly preload: boolean;
}

/** What the host says about itself before the page starts (GET /api/frontend/settings). */
export interface FrontendSettings {
  readonly buildInfo: { readonly version: string };
  readonly datasources: Record<string, DataSourceInstanceSettings & { meta: DataSourcePluginMeta }>;
  readonly defaultDatasource: string;
  readonly panels: Record<string, PanelPluginMeta & { info: PluginMetaInfo }>;
  readonly apps: Record<string, AppSettings>;
}

declare global {
  interface Window {
    __grafana_public_path__?: string;
  }
}

/** The settings that the page was started with. */
export const frontendSettings = (): FrontendSettings =>
  // The type that @grafana/runtime declares differs between its versions; what is there is what boot() put there.
  (window as unknown as { grafanaBootData: { settings: FrontendSettings } }).grafanaBootData.settings;
