import { type AppPlugin, type AppPluginMeta, type NavModel, PluginContextProvider } from '@grafana/data';
import { Alert, ErrorBoundaryAlert, LoadingPlaceholder } from '@grafana/ui';
import React, { useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { PageName } from '../layout/host-components.tsx';
import { PageFrame } from '../layout/page-frame.tsx';
import { backendSrv } from '../services/backend.ts';
import { importAppPlugin } from '../services/plugins.ts';
import { failureText } from './failure.ts';

async function load(id: string): Promise<AppPlugin> {
  const meta = await backendSrv.get<AppPluginMeta>(`/api/plugins/${encodeURIComponent(id)}/settings`);
  return importAppPlugin(meta);
}

/** The name that plugin.json gives the page at a path, else that of the app. */
const pageName = (meta: AppPluginMeta, pathname: string): string =>
  meta.includes?.find(({ path, defaultNav }) => path === pathname && !defaultNav)?.name ?? meta.name;

/** The pages of an app plugin, everything under /a/ID. */
export function AppPage({ id }: { id: string }) {
  const [app, setApp] = useState<AppPlugin>();
  const [failure, setFailure] = useState<string>();
  const { pathname, search } = useLocation();
  useEffect(() => {
    let current = true;
    load(id).then(
      (loaded) => {
        if (current) setApp(loaded);
      },
      (cause: unknown) => {
        console.error(cause);
        if (current) setFailure(failureText(cause));
      },
    );
    return () => {
      current = false;
    };
  }, [id]);
  if (failure !== undefined) return <Problem title={id} text={failure} />;
  if (!app) return <LoadingPlaceholder text="Loading …" />;
  const Root = app.root;
  if (!Root) return <Problem title={app.meta.name} text="This app has no pages." />;
  return (
    <ErrorBoundaryAlert style="page">
      <PluginContextProvider meta={app.meta}>
        <PageName.Provider value={pageName(app.meta, pathname)}>
          <Root
            meta={app.meta}
            basename={`/a/${id}`}
            path={pathname}
            query={Object.fromEntries(new URLSearchParams(search))}
            onNavChanged={(_nav?: NavModel) => undefined}
          />
        </PageName.Provider>
      </PluginContextProvider>
    </ErrorBoundaryAlert>
  );
}

const Problem = ({ title, text }: { title: string; text: string }) => (
  <PageFrame title={title}>
    <Alert severity="error" title="The app could not be shown">
      {text}
    </Alert>
  </PageFrame>
);
