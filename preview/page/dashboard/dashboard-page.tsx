import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Alert, LinkButton, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import React, { useCallback, useEffect, useState } from 'react';
import { PageFrame } from '../layout/page-frame.tsx';
import { backendSrv } from '../services/backend.ts';
import { templateSrv } from '../services/templates.ts';
import { currentVariables } from '../services/variables.ts';
import { failureText } from '../views/failure.ts';
import { useSearch } from '../views/use-search.ts';
import { Grid } from './grid-view.tsx';
import { type DashboardJson } from './model.ts';
import { TimeControls } from './time-controls.tsx';
import { useTimeRange } from './use-time-range.ts';
import { useVariables } from './use-variables.ts';
import { VariableBar } from './variable-bar.tsx';

/** The page of a dashboard, by its uid. */
export function DashboardPage({ uid }: { uid: string }) {
  const [dashboard, setDashboard] = useState<DashboardJson>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    let current = true;
    backendSrv.get<{ dashboard: DashboardJson }>(`/api/dashboards/uid/${encodeURIComponent(uid)}`).then(
      (answer) => {
        if (current) setDashboard(answer.dashboard);
      },
      (cause: unknown) => {
        if (current) setFailure(failureText(cause));
      },
    );
    return () => {
      current = false;
    };
  }, [uid]);
  useEffect(
    () => () => {
      currentVariables.clear();
    },
    [uid],
  );
  if (failure !== undefined)
    return (
      <PageFrame title="Dashboard">
        <Alert severity="error" title="The dashboard could not be loaded">
          {failure}
        </Alert>
      </PageFrame>
    );
  if (!dashboard) return <LoadingPlaceholder text="Loading dashboard …" />;
  return <Dashboard key={dashboard.uid} dashboard={dashboard} />;
}

const DEFAULT_TIME = { from: 'now-6h', to: 'now' };

function Dashboard({ dashboard }: { dashboard: DashboardJson }) {
  const styles = useStyles2(getStyles);
  const search = useSearch();
  const [run, setRun] = useState(0);
  const timeZone = search.get('timezone') ?? (dashboard.timezone || 'browser');
  const [range, changeRange] = useTimeRange(dashboard.time ?? DEFAULT_TIME, timeZone, run);
  const { variables, revision } = useVariables(dashboard.templating?.list, range);
  const refresh = useCallback(() => {
    setRun((last) => last + 1);
  }, []);
  return (
    <PageFrame
      title={dashboard.title}
      parent={{ text: 'Dashboards', url: '/dashboards' }}
      actions={
        <TimeControls
          range={range}
          timeZone={timeZone}
          {...(dashboard.timepicker?.refresh_intervals ? { intervals: dashboard.timepicker.refresh_intervals } : {})}
          refreshDefault={dashboard.refresh || ''}
          onChange={changeRange}
          onRefresh={refresh}
        />
      }
    >
      {(variables?.length ?? 0) + (dashboard.links?.length ?? 0) > 0 && (
        <div className={styles.controls}>
          <VariableBar variables={variables ?? []} />
          <DashboardLinks links={dashboard.links ?? []} />
        </div>
      )}
      {variables ? (
        <Grid
          panels={dashboard.panels ?? []}
          dashboardUid={dashboard.uid}
          timeRange={range}
          timeZone={timeZone}
          run={run + revision}
          onChangeTimeRange={changeRange}
        />
      ) : (
        <LoadingPlaceholder text="Loading variables …" />
      )}
    </PageFrame>
  );
}

function DashboardLinks({ links }: { links: NonNullable<DashboardJson['links']> }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.links}>
      {links.map((link) => (
        <LinkButton
          key={link.title}
          size="sm"
          variant="secondary"
          href={templateSrv.replace(link.url ?? '#')}
          {...(link.targetBlank ? { target: '_blank', rel: 'noreferrer', icon: 'external-link-alt' as const } : {})}
        >
          {link.title}
        </LinkButton>
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  controls: css({
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(2),
  }),
  links: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), alignItems: 'center' }),
});
