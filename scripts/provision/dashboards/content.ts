import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { BY_COUNTRY, dashboard, propertyVariable } from '../dashboard.ts';
import { ownPanel, tablePanel, timeSeriesPanel } from '../panels.ts';
import { analysisQuery } from '../queries.ts';

/** What do people watch, and to the end? */
export const content = (): DashboardBuilder =>
  dashboard('content', 'Content engagement', 'What do people watch, and to the end?')
    .withVariable(propertyVariable('country', 'Country'))
    .withPanel(
      tablePanel(
        {
          title: 'Contents',
          description:
            'Views, time watched and views to the end (90 % of the duration). The score weighs completion (half), time watched (30 %) and reach (20 %).',
          query: analysisQuery('A', { analysis: 'engagement', ...BY_COUNTRY }),
          id: 1,
          at: [0, 0, 24, 14],
        },
        {
          content_id: { title: 'content', width: 160 },
          watch_seconds: { title: 'watched', unit: 's' },
          completed_views: { title: 'to the end' },
          completion_rate: { title: 'completion', unit: 'percentunit' },
          views_with_progress: { hidden: true },
          completion_rate_with_progress: { title: 'of those with progress', unit: 'percentunit', width: 190 },
          orphan_progress: { hidden: true },
          score: { decimals: 1, bar: [0, 100], width: 200 },
        },
      ),
    )
    .withPanel(
      timeSeriesPanel({
        title: 'Views by content',
        description: 'Views of each day of the five contents with the most; the rest together.',
        query: analysisQuery(
          'A',
          {
            analysis: 'trend',
            series: [{ event: 'content_view', measure: 'count' }],
            interval: 'day',
            breakdown: 'content_id',
            limit: 5,
            ...BY_COUNTRY,
          },
          'timeseries',
        ),
        id: 2,
        at: [0, 14, 12, 11],
      }),
    )
    .withPanel(
      ownPanel('paths', {
        title: 'What people do next',
        description: 'Steps of sessions from their start, by type of event.',
        query: analysisQuery('A', { analysis: 'paths', depth: 5, limit: 5, ...BY_COUNTRY }),
        id: 3,
        at: [12, 14, 12, 11],
      }),
    );
