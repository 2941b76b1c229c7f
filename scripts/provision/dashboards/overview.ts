import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from '../dashboard.ts';
import { HIDDEN, funnelPanel, ownPanel, statPanel, timeSeriesPanel } from '../panels.ts';
import { analysisQuery, definitionOf, sqlQuery } from '../queries.ts';

const LIVE = `SELECT timestamp AS time, metric_name, metric_value
FROM real_time_metrics FINAL
WHERE $__timeFilter_ms(timestamp) AND metric_name IN ('page_views_per_minute', 'active_users_per_minute')
ORDER BY time`;

const PER_DAY = 'Of the last day of the range; the picture shows the days before.';

/** Is the product healthy, and what changed? */
export const overview = (): DashboardBuilder =>
  dashboard('overview', 'Overview', 'Is the product healthy, and what changed?')
    .withPanel(
      statPanel(
        {
          title: 'Users today',
          description: `Users with at least one event. ${PER_DAY}`,
          query: analysisQuery('A', { analysis: 'activity' }, 'timeseries'),
          id: 1,
          at: [0, 0, 6, 5],
        },
        'locale',
        { fields: '/^dau$/' },
      ),
    )
    .withPanel(
      statPanel(
        {
          title: 'Stickiness',
          description: `Users of the day among those of its 30 days. ${PER_DAY}`,
          query: analysisQuery('A', { analysis: 'activity' }, 'timeseries'),
          id: 2,
          at: [6, 0, 6, 5],
        },
        'percentunit',
        { fields: '/^stickiness$/' },
      ),
    )
    .withPanel(
      statPanel(
        {
          title: 'Buyers today',
          description: `Users with a purchase. ${PER_DAY}`,
          query: analysisQuery(
            'A',
            {
              analysis: 'trend',
              series: [
                {
                  event: 'purchase',
                  filters: [{ property: 'amount', op: 'gt', value: 0 }],
                  measure: 'unique_users',
                },
              ],
              interval: 'day',
            },
            'timeseries',
          ),
          id: 3,
          at: [12, 0, 6, 5],
        },
        'locale',
      ),
    )
    .withPanel(
      statPanel(
        {
          title: 'Views today',
          description: `Contents that were opened. ${PER_DAY}`,
          query: analysisQuery(
            'A',
            {
              analysis: 'trend',
              series: [{ event: 'content_view', measure: 'count' }],
              interval: 'day',
            },
            'timeseries',
          ),
          id: 4,
          at: [18, 0, 6, 5],
        },
        'locale',
      ),
    )
    .withPanel(
      timeSeriesPanel({
        title: 'Active users',
        description: 'Users of the day, and of the 7 and 30 days that end with it.',
        query: analysisQuery('A', { analysis: 'activity' }, 'timeseries'),
        id: 5,
        at: [0, 5, 12, 9],
      }).overrideByName('stickiness', HIDDEN),
    )
    .withPanel(
      ownPanel('lifecycle', {
        title: 'Growth accounting',
        description: 'New, returning and resurrecting users of each day, and below zero those who stayed away.',
        query: analysisQuery('A', { analysis: 'lifecycle' }),
        id: 6,
        at: [12, 5, 12, 9],
      }),
    )
    .withPanel(
      funnelPanel(
        {
          title: 'From the first look to the purchase',
          description: 'Users who looked at something in the time range, and how far they came within 7 days.',
          query: analysisQuery('A', definitionOf('purchase-funnel')),
          id: 7,
          at: [0, 14, 8, 9],
        },
        { view: 'flow' },
      ),
    )
    .withPanel(
      ownPanel('segments', {
        title: 'Segments',
        description: 'How many users come often, are new, or stay away.',
        query: analysisQuery('A', { analysis: 'segments' }),
        id: 8,
        at: [8, 14, 8, 9],
      }),
    )
    .withPanel(
      timeSeriesPanel({
        title: 'Live: the last hour',
        description: 'Page views and active users of each minute, as Flink counts them.',
        query: sqlQuery('A', LIVE, 'timeseries'),
        id: 9,
        at: [16, 14, 8, 9],
      }).timeFrom('1h'),
    );
