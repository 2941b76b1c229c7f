import { locationService } from '@grafana/runtime';
import { Alert, LoadingPlaceholder, Tab, TabsBar } from '@grafana/ui';
import React, { useEffect, useState } from 'react';
import { PageFrame } from '../layout/page-frame.tsx';
import { dataSourceSrv } from '../services/datasources.ts';
import { importDataSourcePlugin } from '../services/plugins.ts';
import { DataSourceSettingsView } from './data-source-settings.tsx';
import { failureText } from './failure.ts';
import { type LoadedSource } from './loaded-source.ts';
import { QueryView } from './query-view.tsx';
import { useSearch } from './use-search.ts';

async function load(uid: string): Promise<LoadedSource> {
  const source = await dataSourceSrv.get({ uid });
  return { source, plugin: await importDataSourcePlugin(source.meta) };
}

const TABS = [
  { id: 'query', label: 'Query' },
  { id: 'settings', label: 'Settings' },
] as const;

/** A data source: its query editor with the answer below it, and its settings. */
export function DataSourcePage({ uid }: { uid: string }) {
  const [loaded, setLoaded] = useState<LoadedSource>();
  const [failure, setFailure] = useState<string>();
  const tab = useSearch().get('tab') === 'settings' ? 'settings' : 'query';
  useEffect(() => {
    let current = true;
    load(uid).then(
      (ready) => {
        if (current) setLoaded(ready);
      },
      (cause: unknown) => {
        console.error(cause);
        if (current) setFailure(failureText(cause));
      },
    );
    return () => {
      current = false;
    };
  }, [uid]);
  return (
    <PageFrame title={loaded?.source.name ?? uid}>
      {failure !== undefined && (
        <Alert severity="error" title="The data source could not be loaded">
          {failure}
        </Alert>
      )}
      {!loaded && failure === undefined && <LoadingPlaceholder text="Loading …" />}
      {loaded && (
        <>
          <TabsBar>
            {TABS.map(({ id, label }) => (
              <Tab
                key={id}
                label={label}
                active={id === tab}
                onChangeTab={() => {
                  locationService.partial({ tab: id });
                }}
              />
            ))}
          </TabsBar>
          {tab === 'query' ? <QueryView {...loaded} /> : <DataSourceSettingsView {...loaded} />}
        </>
      )}
    </PageFrame>
  );
}
