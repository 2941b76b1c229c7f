import {
  DashboardCursorSync,
  EventBusSrv,
  LoadingState,
  type PanelData,
  PluginContextProvider,
  type InterpolateFunction,
} from '@grafana/data';
import { ErrorBoundaryAlert, PanelContextProvider } from '@grafana/ui';
import React, { useCallback, useMemo, useRef } from 'react';
import { templateSrv } from '../services/templates.ts';
import { type PanelJson } from './model.ts';
import { type LoadedPanel } from './use-panel-plugin.ts';
import { type ChangeTimeRange } from './use-time-range.ts';

interface Props {
  readonly panel: PanelJson;
  readonly title: string;
  readonly loaded: LoadedPanel;
  readonly data: PanelData;
  readonly width: number;
  readonly height: number;
  readonly timeZone: string;
  readonly onChangeTimeRange: ChangeTimeRange;
}

/** The plugin's own component, with everything that Grafana gives it. */
export function PanelBody({ panel, title, loaded, data, width, height, timeZone, onChangeTimeRange }: Props) {
  const eventBus = useMemo(() => new EventBusSrv(), []);
  const context = useMemo(
    () => ({
      eventsScope: 'preview',
      eventBus,
      sync: () => DashboardCursorSync.Off,
      onToggleSeriesVisibility: () => undefined,
    }),
    [eventBus],
  );
  const scopedVars = data.request?.scopedVars;
  const replace = useCallback<InterpolateFunction>(
    (text, scoped, format) => templateSrv.replace(text, { ...scopedVars, ...scoped }, format),
    [scopedVars],
  );
  const renders = useRef(0);
  const { plugin } = loaded;
  const Panel = plugin?.panel;
  const waiting =
    data.state === LoadingState.NotStarted || (data.state === LoadingState.Loading && data.series.length === 0);
  if (!plugin || !Panel || (waiting && !plugin.meta.skipDataQuery)) return null;
  renders.current += 1;
  return (
    <ErrorBoundaryAlert dependencies={[data, loaded.options]}>
      <PluginContextProvider meta={plugin.meta}>
        <PanelContextProvider value={context}>
          <Panel
            id={panel.id}
            title={title}
            data={data}
            timeRange={data.timeRange}
            timeZone={timeZone}
            options={loaded.options}
            fieldConfig={loaded.fieldConfig}
            transparent={panel.transparent ?? false}
            width={width}
            height={height}
            renderCounter={renders.current}
            eventBus={eventBus}
            replaceVariables={replace}
            onOptionsChange={loaded.setOptions}
            onFieldConfigChange={loaded.setFieldConfig}
            onChangeTimeRange={({ from, to }) => {
              onChangeTimeRange(String(from), String(to));
            }}
          />
        </PanelContextProvider>
      </PluginContextProvider>
    </ErrorBoundaryAlert>
  );
}
