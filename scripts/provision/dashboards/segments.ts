import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { BY_COUNTRY, dashboard, propertyVariable } from '../dashboard.ts';
import { ownPanel, tablePanel } from '../panels.ts';
import { analysisQuery } from '../queries.ts';

/** Who is about to leave? */
export const segments = (): DashboardBuilder =>
  dashboard('segments', 'Segments', 'Who is about to leave?')
    .withVariable(propertyVariable('country', 'Country'))
    .withPanel(
      ownPanel('segments', {
        title: 'Sizes of segments',
        description:
          'New: first seen within 7 days. At risk: not seen for 14 days. Power: active on 12 of 28 days or more. All others: casual.',
        query: analysisQuery('A', { analysis: 'segments', ...BY_COUNTRY }),
        id: 1,
        at: [0, 0, 24, 12],
      }),
    )
    .withPanel(
      tablePanel(
        {
          title: 'Who stays away',
          description: 'Users who were not seen for 14 days, with their last event.',
          query: analysisQuery('A', { analysis: 'segments', members: true, segment: 'churn_risk', ...BY_COUNTRY }),
          id: 2,
          at: [0, 12, 24, 14],
        },
        {
          user_id: {
            title: 'user',
            width: 330,
            link: { title: 'What this user did', url: '/a/suuupra-analytics-app/users?user=${__value.raw}' },
          },
          segment: { hidden: true },
          last_active: { title: 'last seen', width: 200 },
          active_days: { title: 'active days of 28', width: 160 },
        },
      ),
    );
