import * as runtime from '@grafana/runtime';
import { GlobalStyles } from '@grafana/ui';
import React, { type ReactNode } from 'react';
import { Router as HistoryRouter } from 'react-router-dom';
import { CompatRoute, CompatRouter } from 'react-router-dom-v5-compat';
import { type Generation, type HostComponents } from './generation.ts';
import { BaseStyles10 } from './base-styles-10.tsx';
import { sharedModules } from './shared-10.ts';

/** The loader of 10.1, SystemJS 0.20, which @grafana/runtime exported then. */
interface SystemJS020 {
  config(settings: Record<string, unknown>): void;
  registerDynamic(
    name: string,
    dependencies: string[],
    executeNow: boolean,
    define: (require: unknown, exports: unknown, module: { exports: unknown }) => void,
  ): void;
  import(name: string): Promise<Record<string, unknown>>;
}
const { SystemJS, setPluginExtensionGetter } = runtime as unknown as {
  SystemJS: SystemJS020;
  setPluginExtensionGetter(getter: () => { extensions: unknown[] }): void;
};

/** Grafana 10.1 with React 18 and SystemJS 0.20. */
export const grafana10: Generation = {
  id: '10',
  lazyTransformations: false,

  prepare(components: HostComponents): Promise<void> {
    setPluginExtensionGetter(() => ({ extensions: [] }));
    SystemJS.config({
      baseURL: '/public',
      defaultExtension: 'js',
      packages: { plugins: { defaultExtension: 'js' } },
      meta: { '/*': { esModule: true, authorization: true } },
    });
    for (const [name, module] of Object.entries(sharedModules(components)))
      SystemJS.registerDynamic(name, [], true, (_require, _exports, target) => {
        target.exports = module;
      });
    return Promise.resolve();
  },

  importModule: (address) => SystemJS.import(moduleName(address)),

  Router: ({ children }: { children: ReactNode }) => (
    <HistoryRouter history={runtime.locationService.getHistory()}>
      <CompatRouter>{children}</CompatRouter>
    </HistoryRouter>
  ),

  SubtreeRoute: ({ path, children }) => <CompatRoute path={path} render={() => <>{children}</>} />,

  BaseStyles: () => (
    <>
      <BaseStyles10 />
      <GlobalStyles />
    </>
  ),
};

/** 10.1 names modules relative to public/ and without an ending: plugins/ID/module. */
const moduleName = (address: string): string => address.replace(/^public\//, '').replace(/\.js$/, '');
