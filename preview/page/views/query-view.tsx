import { css } from '@emotion/css';
import {
  CoreApp,
  type DataQuery,
  type DataQueryRequest,
  type DataSourceApi,
  applyFieldOverrides,
  type GrafanaTheme2,
  LoadingState,
  type PanelData,
  rangeUtil,
  type TimeRange,
} from '@grafana/data';
import { Alert, Button, LoadingBar, useStyles2, useTheme2 } from '@grafana/ui';
import React, { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Subscription } from 'rxjs';
import { TimeControls } from '../dashboard/time-controls.tsx';
import { useTimeRange } from '../dashboard/use-time-range.ts';
import { runRequest } from '../services/run-request.ts';
import { templateSrv } from '../services/templates.ts';
import { type LoadedSource } from './loaded-source.ts';
import { FrameTables } from './frame-tables.tsx';

const DEFAULT_TIME = { from: 'now-28d', to: 'now' };
const TIME_ZONE = 'browser';
const POINTS = 1000;
/** Width of the bar that moves while a query runs, in pixels. */
const BAR_WIDTH = 128;

function requestOf(source: DataSourceApi, query: DataQuery, range: TimeRange): DataQueryRequest {
  const { interval, intervalMs } = rangeUtil.calculateInterval(range, POINTS);
  return {
    requestId: 'editor',
    app: CoreApp.Explore,
    range,
    rangeRaw: range.raw,
    timezone: TIME_ZONE,
    interval,
    intervalMs,
    maxDataPoints: POINTS,
    scopedVars: {
      __interval: { text: interval, value: interval },
      __interval_ms: { text: String(intervalMs), value: intervalMs },
    },
    startTime: Date.now(),
    targets: [{ ...query, datasource: source.getRef() }],
  };
}

/** The query editor of a data source and the frames that its query gives. */
export function QueryView({ source, plugin }: LoadedSource) {
  const styles = useStyles2(getStyles);
  const [run, setRun] = useState(0);
  const [range, changeRange] = useTimeRange(DEFAULT_TIME, TIME_ZONE, run);
  const [query, setQuery] = useState<DataQuery>(() => ({ refId: 'A', ...source.getDefaultQuery?.(CoreApp.Explore) }));
  const [data, setData] = useState<PanelData>();
  const running = useRef<Subscription>(undefined);
  const latest = useRef({ query, range });
  latest.current = { query, range };
  const runQuery = useCallback(() => {
    running.current?.unsubscribe();
    const request = requestOf(source, latest.current.query, latest.current.range);
    running.current = runRequest(source, request).subscribe(setData);
  }, [source]);
  useEffect(() => () => running.current?.unsubscribe(), []);
  const refresh = useCallback(() => {
    setRun((last) => last + 1);
  }, []);
  useEffect(() => {
    if (run > 0) runQuery();
  }, [run, range, runQuery]);
  const Editor = plugin.components.QueryEditor;
  return (
    <div className={styles.view}>
      <div className={styles.controls}>
        <TimeControls range={range} timeZone={TIME_ZONE} onChange={changeRange} onRefresh={refresh} />
        <Button icon="play" onClick={refresh}>
          Run query
        </Button>
      </div>
      <div className={styles.editor} data-testid="query-editor">
        {Editor ? (
          <Editor
            datasource={source}
            query={query}
            queries={[query]}
            app={CoreApp.Explore}
            range={range}
            onChange={setQuery}
            onRunQuery={refresh}
            {...(data ? { data } : {})}
          />
        ) : (
          <p>This data source has no query editor.</p>
        )}
      </div>
      {data && <Answer data={data} />}
    </div>
  );
}

function Answer({ data }: { data: PanelData }) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const frames = useMemo(
    () =>
      applyFieldOverrides({
        data: data.series,
        fieldConfig: { defaults: {}, overrides: [] },
        replaceVariables: templateSrv.replace,
        theme,
        timeZone: TIME_ZONE,
      }),
    [data.series, theme],
  );
  return (
    <section aria-label="Answer" data-testid="query-answer" data-state={data.state}>
      {data.state === LoadingState.Loading && <LoadingBar width={BAR_WIDTH} />}
      {data.errors?.map((error, index) => (
        <Alert key={index} severity="error" title={error.message ?? 'The query failed'} />
      ))}
      {data.state !== LoadingState.Loading && !data.error && (
        <div className={styles.tables}>
          <FrameTables frames={frames} />
        </div>
      )}
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({ marginTop: theme.spacing(2) }),
  controls: css({
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'flex-end',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  }),
  tables: css({ overflowX: 'auto' }),
  editor: css({
    marginBottom: theme.spacing(2),
    padding: theme.spacing(1),
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
});
