import {
  applyFieldOverrides,
  compareArrayValues,
  compareDataFrameStructures,
  CoreApp,
  type DataFrame,
  type DataQueryRequest,
  getDefaultTimeRange,
  LoadingState,
  type PanelData,
  type PanelPlugin,
  rangeUtil,
  type FieldConfigSource,
  type TimeRange,
  transformDataFrame,
} from '@grafana/data';
import { toDataQueryError } from '@grafana/runtime';
import { useTheme2 } from '@grafana/ui';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type Observable, of, type Subscription, switchMap } from 'rxjs';
import { dataSourceSrv } from '../services/datasources.ts';
import { runRequest } from '../services/run-request.ts';
import { templateSrv } from '../services/templates.ts';
import { type PanelJson } from './model.ts';

/** What a panel's queries depend on besides the panel itself. */
export interface QueryContext {
  readonly dashboardUid: string;
  readonly timeRange: TimeRange;
  readonly timeZone: string;
  /** Changes when queries are to run again: a refresh, another choice of a variable. */
  readonly run: number;
}

const EMPTY: PanelData = { state: LoadingState.NotStarted, series: [], timeRange: getDefaultTimeRange() };

/** The request of a panel, with the interval that Grafana computes from its range and width. */
export function panelRequest(panel: PanelJson, context: QueryContext, width: number): DataQueryRequest {
  const maxDataPoints = panel.maxDataPoints ?? Math.max(1, Math.floor(width));
  const lowLimit = panel.interval ? templateSrv.replace(panel.interval) : undefined;
  const { interval, intervalMs } = rangeUtil.calculateInterval(context.timeRange, maxDataPoints, lowLimit);
  return {
    requestId: `panel-${String(panel.id)}`,
    app: CoreApp.Dashboard,
    dashboardUID: context.dashboardUid,
    panelId: panel.id,
    panelPluginId: panel.type,
    range: context.timeRange,
    rangeRaw: context.timeRange.raw,
    timezone: context.timeZone,
    interval,
    intervalMs,
    maxDataPoints,
    scopedVars: {
      __interval: { text: interval, value: interval },
      __interval_ms: { text: String(intervalMs), value: intervalMs },
    },
    targets: (panel.targets ?? [])
      .map((target, index) => ({
        ...target,
        refId: target.refId || String.fromCharCode('A'.charCodeAt(0) + index),
        datasource: target.datasource ?? (panel.datasource as DataQueryRequest['targets'][number]['datasource']),
      }))
      .filter((target) => !target.hide),
    startTime: Date.now(),
  };
}

async function start(panel: PanelJson, context: QueryContext, width: number): Promise<Observable<PanelData>> {
  const request = panelRequest(panel, context, width);
  const [first] = request.targets;
  if (!first) return of({ ...EMPTY, state: LoadingState.Done, timeRange: context.timeRange });
  const source = await dataSourceSrv.get(first.datasource ?? panel.datasource, request.scopedVars);
  return runRequest(source, request);
}

/** Runs the queries of a panel; while they run again the frames of the last answer stay. */
function useQueries(panel: PanelJson, context: QueryContext, width: number): PanelData {
  const [data, setData] = useState<PanelData>({ ...EMPTY, timeRange: context.timeRange });
  const { dashboardUid, timeRange, timeZone, run } = context;
  useEffect(() => {
    let subscription: Subscription | undefined;
    let current = true;
    const failed = (cause: unknown) => {
      const error = toDataQueryError(cause);
      setData({ ...EMPTY, state: LoadingState.Error, timeRange, error, errors: [error] });
    };
    start(panel, { dashboardUid, timeRange, timeZone, run }, width).then(
      (answers) => {
        if (!current) return;
        subscription = answers.subscribe({
          next: (next) => {
            setData((last) => (next.state === LoadingState.Loading ? { ...next, series: last.series } : next));
          },
          error: failed,
        });
      },
      (cause: unknown) => {
        if (current) failed(cause);
      },
    );
    return () => {
      current = false;
      subscription?.unsubscribe();
    };
  }, [panel, dashboardUid, timeRange, timeZone, run, width]);
  return data;
}

/** The frames after the panel's transformations. */
function useTransformed(panel: PanelJson, series: DataFrame[]): DataFrame[] {
  const [transformed, setTransformed] = useState(series);
  const { transformations } = panel;
  useEffect(() => {
    const frames = transformations?.length
      ? of(series).pipe(
          switchMap((input) => transformDataFrame([...transformations], input, { interpolate: templateSrv.replace })),
        )
      : of(series);
    const subscription = frames.subscribe(setTransformed);
    return () => {
      subscription.unsubscribe();
    };
  }, [transformations, series]);
  return transformed;
}

/** A number that grows when the frames have other fields than before, as panels expect it in structureRev. */
function useStructureRevision(series: DataFrame[]): number {
  const last = useRef({ series, revision: 1 });
  if (last.current.series !== series) {
    const same = compareArrayValues(last.current.series, series, compareDataFrameStructures);
    last.current = { series, revision: last.current.revision + (same ? 0 : 1) };
  }
  return last.current.revision;
}

/** The data of a panel as Grafana gives it: queried, transformed, with field options and overrides applied. */
export function usePanelData(
  panel: PanelJson,
  plugin: PanelPlugin | undefined,
  fieldConfig: FieldConfigSource | undefined,
  context: QueryContext,
  width: number,
): PanelData {
  const theme = useTheme2();
  const raw = useQueries(panel, context, width);
  const transformed = useTransformed(panel, raw.series);
  const series = useMemo(
    () =>
      plugin && fieldConfig
        ? applyFieldOverrides({
            data: transformed,
            fieldConfig,
            fieldConfigRegistry: plugin.fieldConfigRegistry,
            replaceVariables: templateSrv.replace,
            theme,
            timeZone: context.timeZone,
          })
        : [],
    [transformed, fieldConfig, plugin, theme, context.timeZone],
  );
  const structureRev = useStructureRevision(series);
  return useMemo(() => ({ ...raw, series, structureRev }), [raw, series, structureRev]);
}
