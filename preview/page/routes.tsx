import React from 'react';
import { Redirect, Route, Switch } from 'react-router-dom';
import { DashboardPage } from './dashboard/dashboard-page.tsx';
import { type Generation } from './generations/generation.ts';
import { PageFrame } from './layout/page-frame.tsx';
import { AppPage } from './views/app-page.tsx';
import { DashboardList } from './views/dashboard-list.tsx';
import { DataSourcePage } from './views/data-source-page.tsx';

/** The pages of the preview; their addresses are Grafana's, but for that of a data source. */
export function Pages({ SubtreeRoute }: Pick<Generation, 'SubtreeRoute'>) {
  return (
    <Switch>
      <Redirect exact from="/" to="/dashboards" />
      <Route exact path="/dashboards" component={DashboardList} />
      <Route path="/d/:uid" render={({ match }) => <DashboardPage uid={match.params.uid} />} />
      <Route
        path="/datasource/:uid"
        render={({ match }) => <DataSourcePage key={match.params.uid} uid={match.params.uid} />}
      />
      <Route
        path="/a/:id"
        render={({ match }) => (
          <SubtreeRoute path={`/a/${match.params.id}`}>
            <AppPage key={match.params.id} id={match.params.id} />
          </SubtreeRoute>
        )}
      />
      <Route>
        <PageFrame title="Page not found">The preview has no page at this address.</PageFrame>
      </Route>
    </Switch>
  );
}
