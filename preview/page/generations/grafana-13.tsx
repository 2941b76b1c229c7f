import { Global } from '@emotion/react';
import { initPluginTranslations } from '@grafana/i18n';
import * as runtime from '@grafana/runtime';
import { GlobalStyles } from '@grafana/ui';
import { setPanelDataErrorView } from 'grafana-runtime:components/PanelDataErrorView';
import { setPluginPage } from 'grafana-runtime:components/PluginPage';
import { setDataSourcePluginImporter } from 'grafana-runtime:services/dataSource/dataSource';
import { initDataSourceInstanceSettings } from 'grafana-runtime:services/dataSource/settings';
import React from 'react';
import { Router as HistoryRouter } from 'react-router-dom';
import { CompatRouter, Route, Routes } from 'react-router-dom-v5-compat';
import { importDataSourcePlugin } from '../services/plugins.ts';
import { frontendSettings } from '../settings.ts';
import { type Generation, type HostComponents } from './generation.ts';
import { sharedModules } from './shared-13.ts';

/** Grafana 13 with React 19 and SystemJS 6. */
export const grafana13: Generation = {
  id: '13',
  lazyTransformations: true,

  async prepare(components: HostComponents): Promise<void> {
    await initPluginTranslations('grafana', []);
    setPluginPage(components.PluginPage);
    setPanelDataErrorView(components.PanelDataErrorView);
    const { datasources, defaultDatasource } = frontendSettings();
    initDataSourceInstanceSettings(datasources, defaultDatasource);
    setDataSourcePluginImporter(importDataSourcePlugin);
    noExtensions();
    // After the setters: SystemJS gets a copy of each module, and what a setter changed must be in it.
    // And the loader itself after the modules: libraries that look for define() must not find that of its AMD extra.
    const { shareModules } = await import('./loader-13.ts');
    shareModules(sharedModules());
  },

  importModule: async (address, version) => (await import('./loader-13.ts')).importModule(address, version),

  Router: ({ children }) => (
    <runtime.LocationServiceProvider service={runtime.locationService}>
      <HistoryRouter history={runtime.locationService.getHistory()}>
        <CompatRouter>{children}</CompatRouter>
      </HistoryRouter>
    </runtime.LocationServiceProvider>
  ),

  SubtreeRoute: ({ path, children }) => (
    <Routes>
      <Route path={`${path}/*`} element={<>{children}</>} />
    </Routes>
  ),

  BaseStyles: () => (
    <>
      <GlobalStyles />
      <Global styles={{ body: { margin: 0 } }} />
    </>
  ),
};

/** Nothing extends anything here: hooks that ask for extensions find none. */
function noExtensions(): void {
  runtime.setPluginComponentHook(() => ({ component: null, isLoading: false }));
  runtime.setPluginComponentsHook(() => ({ components: [], isLoading: false }));
  runtime.setPluginLinksHook(() => ({ links: [], isLoading: false }));
  runtime.setPluginFunctionsHook(() => ({ functions: [], isLoading: false }));
  runtime.setReturnToPreviousHook(() => () => undefined);
  runtime.setChromeHeaderHeightHook(() => 0);
  runtime.setMegaMenuOpenHook(() => [false, () => undefined]);
  runtime.setHelpNavItemHook(() => undefined);
}
