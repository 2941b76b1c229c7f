import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard, queryVariable } from '../dashboard.ts';
import { ownPanel, timeSeriesPanel } from '../panels.ts';
import { analysisQuery, definitionOf } from '../queries.ts';

const EXPERIMENTS = `SELECT experiment_key FROM unique_events
WHERE $__timeFilter_ms(timestamp) AND event_type = 'experiment_exposure' AND experiment_key IS NOT NULL
GROUP BY experiment_key ORDER BY uniqExact(user_id) DESC LIMIT 50`;

const exposures = { property: 'experiment_key', op: 'eq', value: '$experiment' };

/** Did a variant win, and may we believe it? */
export const experiments = (): DashboardBuilder =>
  dashboard('experiments', 'Experiments', 'Did a variant win, and may we believe it?')
    .withVariable(
      queryVariable('experiment', 'Experiment', EXPERIMENTS).current({
        selected: true,
        text: 'checkout_redesign',
        value: 'checkout_redesign',
      }),
    )
    .withPanel(
      ownPanel('experiment', {
        title: '$experiment',
        description:
          'Users by the variant that they saw first, and what they did in the week after. Users who saw both are left out.',
        query: analysisQuery('A', definitionOf('checkout-redesign', { experiment: '$experiment', split: undefined })),
        id: 1,
        at: [0, 0, 24, 12],
      }),
    )
    .withPanel(
      timeSeriesPanel({
        title: 'Users who see it',
        description: 'Users with an exposure on the day, by variant.',
        query: analysisQuery(
          'A',
          {
            analysis: 'trend',
            series: [{ event: 'experiment_exposure', filters: [exposures], measure: 'unique_users' }],
            interval: 'day',
            breakdown: 'variant',
          },
          'timeseries',
        ),
        id: 2,
        at: [0, 12, 24, 9],
      }),
    );
