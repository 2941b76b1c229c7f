import type { AppRootProps } from '@grafana/data';
import { PluginPage } from '@grafana/runtime';
import { LoadingPlaceholder } from '@grafana/ui';
import React, { lazy, Suspense, type ComponentType } from 'react';
import { Empty } from '../parts/states.tsx';
import { addressOf } from './links.ts';
import { pageAt, parametersOf, type PageName, type Parameters } from './routes.ts';

export interface PageProps {
  readonly parameters: Parameters;
}

const VIEWS: Readonly<Record<PageName, ComponentType<PageProps>>> = {
  home: lazy(() => import('./home/home-page.tsx')),
  users: lazy(() => import('./users/users-page.tsx')),
  events: lazy(() => import('./events/events-page.tsx')),
};

const SUBTITLES: Readonly<Record<PageName, string>> = {
  home: 'How the product is doing today',
  users: 'What one user did, and what an analysis makes of it',
  events: 'Types of events that arrive, and what they carry',
};

/**
 * The pages of the app. Which is open is read from the address that Grafana hands over, so that the app depends on no
 * version of react-router: 10.1 shares version 5, 13 shares version 6.
 */
export default function Pages({ path, basename, query }: AppRootProps) {
  const name = pageAt({ path, basename });
  if (name === undefined) {
    return (
      <PluginPage subTitle="Page not found">
        <Empty title="There is no page at this address">
          <a href={addressOf('home')}>Back to the beginning</a>
        </Empty>
      </PluginPage>
    );
  }
  const View = VIEWS[name];
  return (
    <PluginPage subTitle={SUBTITLES[name]}>
      <Suspense fallback={<LoadingPlaceholder text="Loading …" />}>
        <View parameters={parametersOf(query)} />
      </Suspense>
    </PluginPage>
  );
}
