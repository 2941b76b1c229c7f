import { AppPlugin, type AppRootProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
import React, { lazy, Suspense } from 'react';

/** Pages are loaded when one is opened: panels and the data source need none of them. */
const Pages = lazy(() => import('./pages/pages.tsx'));

function App(props: AppRootProps) {
  return (
    <Suspense fallback={<LoadingPlaceholder text="Loading …" />}>
      <Pages {...props} />
    </Suspense>
  );
}

export const plugin = new AppPlugin().setRootPage(App);
