import {
  AppPlugin,
  type AppPluginMeta,
  type DataSourceApi,
  type DataSourcePlugin,
  type DataSourcePluginMeta,
  type PanelPlugin,
} from '@grafana/data';
import { type Generation } from '../generations/generation.ts';
import { frontendSettings } from '../settings.ts';
import { standIn } from '../stand-ins/index.ts';

type Importer = Generation['importModule'];
let importer: Importer | undefined;

/** Sets how modules are loaded; before that no plugin can be. */
export const setImporter = (load: Importer): void => {
  importer = load;
};

async function importModule(address: string, version: string): Promise<Record<string, unknown>> {
  if (!importer) throw new Error('No plugin can be loaded before the page has started');
  return importer(address, version);
}

const panels = new Map<string, Promise<PanelPlugin>>();
const loadedPanels = new Map<string, PanelPlugin>();

async function loadPanel(id: string): Promise<PanelPlugin> {
  const meta = frontendSettings().panels[id];
  if (!meta) return standIn(id);
  const { plugin } = (await importModule(meta.module, meta.info.version)) as { plugin?: PanelPlugin };
  if (!plugin) throw new Error(`The module of ${id} exports no "plugin"`);
  plugin.meta = meta;
  return plugin;
}

/** The panel plugin of that id: ours from its bundle, else a labelled stand-in for a core panel of Grafana. */
export function importPanelPlugin(id: string): Promise<PanelPlugin> {
  let panel = panels.get(id);
  if (!panel) {
    panel = loadPanel(id).then((plugin) => {
      loadedPanels.set(id, plugin);
      return plugin;
    });
    panels.set(id, panel);
  }
  return panel;
}

/** What @grafana/runtime's PanelRenderer and scenes ask panels from. */
export const pluginImportUtils = {
  importPanelPlugin,
  getPanelPluginFromCache: (id: string): PanelPlugin | undefined => loadedPanels.get(id),
};

/** The data source plugin of a meta, with its class and editors. */
export async function importDataSourcePlugin(meta: DataSourcePluginMeta): Promise<DataSourcePlugin<DataSourceApi>> {
  const { plugin } = (await importModule(meta.module, meta.info.version)) as {
    plugin?: DataSourcePlugin<DataSourceApi>;
  };
  if (!plugin) throw new Error(`The module of ${meta.id} exports no "plugin"`);
  plugin.meta = meta;
  return plugin;
}

/** The app plugin of a meta, initialised with its settings. */
export async function importAppPlugin(meta: AppPluginMeta): Promise<AppPlugin> {
  const module = await importModule(meta.module, meta.info.version);
  const plugin = (module['plugin'] as AppPlugin | undefined) ?? new AppPlugin();
  plugin.init(meta);
  plugin.meta = meta;
  return plugin;
}

/** Loads apps that want to be there before any of their pages is opened (`preload` in plugin.json). */
export async function preloadApps(): Promise<void> {
  const wanted = Object.values(frontendSettings().apps).filter((app) => app.preload);
  await Promise.all(
    wanted.map(async (app) => {
      try {
        await importModule(app.path, app.version);
      } catch (cause) {
        console.error(`App ${app.id} could not be preloaded`, cause);
      }
    }),
  );
}
