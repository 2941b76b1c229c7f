import {
  DashboardBuilder,
  DashboardLinkBuilder,
  DashboardLinkType,
  QueryVariableBuilder,
  VariableHide,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DATA_SOURCE } from './queries.ts';

const TAG = 'suuupra';

/**
 * A dashboard with what all of ours share: a fixed uid, the list of the others, the last 28 days.
 * @param question that the dashboard answers at its top
 */
export const dashboard = (name: string, title: string, question: string): DashboardBuilder =>
  new DashboardBuilder(title)
    .uid(`suuupra-${name}`)
    .description(question)
    .tags([TAG, name])
    .time({ from: 'now-28d', to: 'now' })
    .refresh('1m')
    .link(
      new DashboardLinkBuilder('Product analytics')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .asDropdown(true)
        .keepTime(true),
    );

/** A variable whose values are the rows of a query on the time range. */
export const queryVariable = (name: string, label: string, rawSql: string): QueryVariableBuilder =>
  new QueryVariableBuilder(name)
    .id(name) // Grafana finds a variable by its id
    .label(label)
    .datasource(DATA_SOURCE)
    .query({ refId: name, mode: 'sql', format: 'table', rawSql })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .hide(VariableHide.DontHide);

/** A variable of the values of a column of events, the most frequent first; every value unless some are chosen. */
export const propertyVariable = (column: 'country' | 'device', label: string): QueryVariableBuilder =>
  queryVariable(
    column,
    label,
    `SELECT ${column} FROM unique_events
WHERE $__timeFilter_ms(timestamp) AND ${column} IS NOT NULL
GROUP BY ${column} ORDER BY count() DESC LIMIT 50`,
  )
    .multi(true)
    .includeAll(true)
    .current({ selected: true, text: 'All', value: '$__all' });

/** Filters an analysis by the variable of countries. */
export const BY_COUNTRY = { filters: [{ property: 'country', op: 'in', value: ['$country'] }] };
