import { createTheme, type GrafanaConfig, locationUtil, setTimeZoneResolver } from '@grafana/data';
import * as runtime from '@grafana/runtime';
import { ModalRoot, ModalsProvider, PortalContainer, ThemeContext } from '@grafana/ui';
import React from 'react';
import { createRoot } from 'react-dom/client';
import { type Generation } from './generations/generation.ts';
import { hostComponents } from './layout/host-components.tsx';
import { followLinksInPage } from './layout/link-clicks.ts';
import { Shell } from './layout/shell.tsx';
import { appEvents, Toasts } from './layout/toasts.tsx';
import { themeName } from './preferences.ts';
import { initRegistries } from './registries/index.ts';
import { Pages } from './routes.tsx';
import { backendSrv } from './services/backend.ts';
import { dataSourceSrv } from './services/datasources.ts';
import { liveSrv } from './services/live.ts';
import { pluginImportUtils, preloadApps, setImporter } from './services/plugins.ts';
import { runRequest } from './services/run-request.ts';
import { templateSrv, templateTimeRange } from './services/templates.ts';
import { variableParameters } from './services/variables.ts';

/** Hands plugins, through @grafana/runtime, the services that a Grafana hands them. */
function setServices(): void {
  runtime.setBackendSrv(backendSrv);
  runtime.setTemplateSrv(templateSrv);
  runtime.setDataSourceSrv(dataSourceSrv);
  runtime.setGrafanaLiveSrv(liveSrv);
  runtime.setRunRequest(runRequest);
  runtime.setAppEvents(appEvents);
  // Deprecated, but plugins written for 10.1 may still use it.

  runtime.setLocationSrv(runtime.locationService);
  runtime.setEchoSrv({
    flush: () => undefined,
    addBackend: () => undefined,
    addEvent: () => undefined,
    onInteraction: () => () => undefined,
  });
  runtime.setPluginImportUtils(pluginImportUtils);
  runtime.setQueryRunnerFactory(() => {
    throw new Error('Query runners are not part of the preview');
  });
  setTimeZoneResolver(() => 'browser');
  locationUtil.initialize({
    config: runtime.config as unknown as GrafanaConfig, // an older name of the same object
    getTimeRangeForUrl: () => templateTimeRange().raw,
    getVariablesUrlParams: variableParameters,
  });
}

/** Starts the page with one generation of Grafana's packages. */
export async function start(generation: Generation): Promise<void> {
  initRegistries(generation.lazyTransformations);
  setServices();
  setImporter((address, version) => generation.importModule(address, version));
  await generation.prepare(hostComponents);
  await preloadApps();
  followLinksInPage();
  const root = document.getElementById('root');
  if (!root) throw new Error('page.html has no #root');
  const theme = createTheme({ colors: { mode: themeName() } });
  const { Router, BaseStyles, SubtreeRoute } = generation;
  createRoot(root).render(
    <ThemeContext.Provider value={theme}>
      <BaseStyles />
      <ModalsProvider>
        <Router>
          <Shell generation={generation.id}>
            <Pages SubtreeRoute={SubtreeRoute} />
          </Shell>
          <Toasts />
          <ModalRoot />
          <PortalContainer />
        </Router>
      </ModalsProvider>
    </ThemeContext.Provider>,
  );
}
