import { LoadingPlaceholder } from '@grafana/ui';
import React, { lazy, Suspense, type ComponentType } from 'react';

/** Editors are loaded when somebody opens one: dashboards need none of them. */
function onDemand<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>): ComponentType<Props> {
  const Loaded = lazy(load) as unknown as ComponentType<Props>;
  return function OnDemand(props: Props) {
    return (
      <Suspense fallback={<LoadingPlaceholder text="Loading the editor …" />}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}

export const ConfigEditor = onDemand(() => import('./config/config-editor.tsx'));
export const QueryEditor = onDemand(() => import('./query/query-editor.tsx'));
export const VariableEditor = onDemand(() => import('./variables/variable-editor.tsx'));
