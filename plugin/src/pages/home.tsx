import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { PluginPage } from '@grafana/runtime';
import { Alert, Card, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import React from 'react';
import { useSetUp, type SetUp } from './use-set-up.ts';

/** Where one starts: the dashboards that there are, and whether the data source works. */
export function HomePage() {
  const styles = useStyles2(homeStyles);
  const setUp = useSetUp();
  return (
    <PluginPage subTitle="Product analytics on ClickHouse">
      {setUp === undefined ? (
        <LoadingPlaceholder text="Looking around …" />
      ) : (
        <div className={styles.page}>
          <DataSources {...setUp} />
          <Dashboards {...setUp} />
        </div>
      )}
    </PluginPage>
  );
}

function DataSources({ dataSources }: SetUp) {
  if (dataSources.length === 0) {
    return (
      <Alert severity="info" title="There is no data source yet">
        Add one of type Suuupra Analytics under Connections, or provision it.
      </Alert>
    );
  }
  return (
    <section aria-labelledby="suuupra-data-sources">
      <h3 id="suuupra-data-sources">Data sources</h3>
      {dataSources.map(({ uid, name, health }) => (
        <Alert key={uid} severity={health.isWell ? 'success' : 'error'} title={name}>
          {health.message}
        </Alert>
      ))}
    </section>
  );
}

function Dashboards({ dashboards }: SetUp) {
  if (dashboards.length === 0) return null;
  return (
    <section aria-labelledby="suuupra-dashboards">
      <h3 id="suuupra-dashboards">Dashboards</h3>
      {dashboards.map(({ uid, title, url }) => (
        <Card key={uid} href={url}>
          <Card.Heading>{title}</Card.Heading>
        </Card>
      ))}
    </section>
  );
}

const homeStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'grid', gap: theme.spacing(3), maxWidth: 960 }),
});
