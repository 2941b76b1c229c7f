import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { BY_COUNTRY, dashboard, propertyVariable } from '../dashboard.ts';
import { HIDDEN, statPanel, tablePanel, timeSeriesPanel } from '../panels.ts';
import { analysisQuery, sqlQuery } from '../queries.ts';

const usersBy = (property: string): object => ({
  analysis: 'trend',
  series: [{ measure: 'unique_users' }],
  interval: 'day',
  breakdown: property,
  limit: 5,
  ...BY_COUNTRY,
});

const REFERRERS = `SELECT ifNull(domain(referrer), 'none') AS referrer, uniqExact(user_id) AS users, count() AS page_views
FROM unique_events
WHERE $__timeFilter_ms(timestamp) AND event_type = 'page_view' AND $__conditionalAll(country IN ($country), $country)
GROUP BY referrer ORDER BY users DESC LIMIT 20`;

/** Who comes, how often, and from where? */
export const activity = (): DashboardBuilder =>
  dashboard('activity', 'Acquisition & activity', 'Who comes, how often, and from where?')
    .withVariable(propertyVariable('country', 'Country'))
    .withPanel(
      timeSeriesPanel({
        title: 'Active users',
        description: 'Users with at least one event: of the day, and of the 7 and 30 days that end with it.',
        query: analysisQuery('A', { analysis: 'activity', ...BY_COUNTRY }, 'timeseries'),
        id: 1,
        at: [0, 0, 18, 10],
      }).overrideByName('stickiness', HIDDEN),
    )
    .withPanel(
      statPanel(
        {
          title: 'Stickiness',
          description: 'Users of the day among those of its 30 days: how often a user comes.',
          query: analysisQuery('A', { analysis: 'activity', ...BY_COUNTRY }, 'timeseries'),
          id: 2,
          at: [18, 0, 6, 5],
        },
        'percentunit',
        { fields: '/^stickiness$/' },
      ),
    )
    .withPanel(
      statPanel(
        {
          title: 'New users today',
          description: 'Users whose first event ever was on the last day of the range.',
          query: analysisQuery('A', { analysis: 'lifecycle', ...BY_COUNTRY }, 'timeseries'),
          id: 3,
          at: [18, 5, 6, 5],
        },
        'locale',
        { fields: '/^new$/' },
      ),
    )
    .withPanel(
      timeSeriesPanel({
        title: 'Users by country',
        description: 'Users of each day in the five countries with the most; the rest together.',
        query: analysisQuery('A', { ...usersBy('country') }, 'timeseries'),
        id: 4,
        at: [0, 10, 12, 9],
      }),
    )
    .withPanel(
      timeSeriesPanel({
        title: 'Users by device',
        description: 'Users of each day by device.',
        query: analysisQuery('A', { ...usersBy('device') }, 'timeseries'),
        id: 5,
        at: [12, 10, 12, 9],
      }),
    )
    .withPanel(
      timeSeriesPanel({
        title: 'Sessions',
        description:
          'Sessions that begin on the day: events of a user with no gap of more than 30 minutes. A bounce has one event.',
        query: analysisQuery('A', { analysis: 'sessions', ...BY_COUNTRY }, 'timeseries'),
        id: 6,
        at: [0, 19, 12, 9],
      }).overrideByRegexp('/rate|duration|events_per/', HIDDEN),
    )
    .withPanel(
      tablePanel({
        title: 'Where people come from',
        description: 'Sites that linked to a page that was viewed.',
        query: sqlQuery('A', REFERRERS, 'table'),
        id: 7,
        at: [12, 19, 12, 9],
      }),
    );
