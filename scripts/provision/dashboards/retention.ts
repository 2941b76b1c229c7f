import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { BY_COUNTRY, dashboard, propertyVariable } from '../dashboard.ts';
import { ownPanel } from '../panels.ts';
import { analysisQuery } from '../queries.ts';

/** Who comes back, and who stays away? */
export const retention = (): DashboardBuilder =>
  dashboard('retention', 'Retention & lifecycle', 'Who comes back, and who stays away?')
    .withVariable(propertyVariable('country', 'Country'))
    .withPanel(
      ownPanel('retention', {
        title: 'Do new users come back?',
        description: 'Users by the day of their first event, and the share of them that came again each day after.',
        query: analysisQuery('A', { analysis: 'retention', period: 'day', periods: 13, ...BY_COUNTRY }),
        id: 1,
        at: [0, 0, 24, 17],
      }),
    )
    .withPanel(
      ownPanel(
        'retention',
        {
          title: 'By week',
          description: 'The same by weeks, as curves: each line is a cohort, the thick one all of them together.',
          query: analysisQuery('A', { analysis: 'retention', period: 'week', ...BY_COUNTRY }),
          id: 2,
          at: [0, 17, 12, 11],
        },
        { view: 'curves' },
      ),
    )
    .withPanel(
      ownPanel('retention', {
        title: 'Do buyers buy again?',
        description: 'Users by the week of a first purchase, and the share that bought in a week after.',
        query: analysisQuery('A', {
          analysis: 'retention',
          period: 'week',
          start: { event: 'purchase' },
          return: { event: 'purchase' },
          ...BY_COUNTRY,
        }),
        id: 3,
        at: [12, 17, 12, 11],
      }),
    )
    .withPanel(
      ownPanel('lifecycle', {
        title: 'Growth accounting',
        description:
          'Users of each day: new, also there the day before (returning), back after a break (resurrecting); below zero those who were there the day before and are not now (dormant).',
        query: analysisQuery('A', { analysis: 'lifecycle', ...BY_COUNTRY }),
        id: 4,
        at: [0, 28, 24, 11],
      }),
    );
