import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { BY_COUNTRY, dashboard, propertyVariable } from '../dashboard.ts';
import { funnelPanel, statPanel, timeSeriesPanel } from '../panels.ts';
import { analysisQuery, definitionOf, sqlQuery } from '../queries.ts';

const BUYERS = `SELECT uniqExact(user_id) AS buyers FROM unique_events
WHERE $__timeFilter_ms(timestamp) AND event_type = 'purchase' AND amount >= 0
  AND $__conditionalAll(country IN ($country), $country)`;

const EVENTS = `SELECT $__timeInterval_ms(timestamp) AS time, event_type, count() AS events
FROM unique_events
WHERE $__timeFilter_ms(timestamp) AND $__conditionalAll(country IN ($country), $country)
GROUP BY time, event_type ORDER BY time`;

/** Where do people drop out on their way to a purchase? */
export const funnels = (): DashboardBuilder =>
  dashboard('funnels', 'Funnels', 'Where do people drop out on their way to a purchase?')
    .withVariable(propertyVariable('country', 'Country'))
    .withPanel(
      funnelPanel({
        title: 'From the first look to the purchase',
        description: 'Users who looked at something in the time range, and how far they came within 7 days.',
        query: analysisQuery('A', definitionOf('purchase-funnel', BY_COUNTRY)),
        id: 1,
        at: [0, 0, 18, 11],
      }),
    )
    .withPanel(
      statPanel(
        {
          title: 'Buyers',
          description: 'Users with at least one purchase in the time range.',
          query: sqlQuery('A', BUYERS, 'numeric'),
          id: 2,
          at: [18, 0, 6, 4],
        },
        'locale',
      ),
    )
    .withPanel(
      funnelPanel(
        {
          title: 'As visits',
          description: 'The same steps, each within one session.',
          query: analysisQuery('A', definitionOf('purchase-funnel', { ...BY_COUNTRY, unit: 'session' })),
          id: 3,
          at: [18, 4, 6, 7],
        },
        { view: 'flow', times: 'none', showDropOff: false },
      ),
    )
    .withPanel(
      funnelPanel({
        title: 'By device',
        description: 'One funnel for each device of the first step.',
        query: analysisQuery('A', definitionOf('purchase-funnel', { ...BY_COUNTRY, breakdown: 'device' })),
        id: 4,
        at: [0, 11, 12, 11],
      }),
    )
    .withPanel(
      timeSeriesPanel({
        title: 'Events',
        description: 'How many events of each type arrived, by the time at which they happened.',
        query: sqlQuery('A', EVENTS, 'timeseries'),
        id: 5,
        at: [12, 11, 12, 11],
      }),
    )
    .withPanel(
      funnelPanel(
        {
          title: 'All numbers',
          description: 'The first funnel as a table, with intervals and times.',
          query: analysisQuery('A', definitionOf('purchase-funnel', BY_COUNTRY)),
          id: 6,
          at: [0, 22, 24, 7],
        },
        { view: 'table' },
      ),
    );
