import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { BY_COUNTRY, dashboard, propertyVariable, queryVariable } from '../dashboard.ts';
import { HIDDEN, statPanel, tablePanel, timeSeriesPanel } from '../panels.ts';
import { analysisQuery } from '../queries.ts';

const CURRENCIES = `SELECT currency FROM unique_events
WHERE $__timeFilter_ms(timestamp) AND event_type = 'purchase' AND currency IS NOT NULL
GROUP BY currency ORDER BY count() DESC LIMIT 50`;

/** Purchases of the chosen currency and countries; nothing is converted. */
const DAILY = {
  analysis: 'revenue',
  interval: 'day',
  currency: '$currency',
  ...BY_COUNTRY,
};

/** What is sold, and how much of it stays? */
export const revenue = (): DashboardBuilder =>
  dashboard('revenue', 'Revenue', 'What is sold, and how much of it stays?')
    .withVariable(
      queryVariable('currency', 'Currency', CURRENCIES).current({ selected: true, text: 'USD', value: 'USD' }),
    )
    .withVariable(propertyVariable('country', 'Country'))
    .withPanel(
      timeSeriesPanel({
        title: 'Revenue in $currency',
        description: 'Purchases (gross), refunds on their own day, and what stays (net). Nothing is converted.',
        query: analysisQuery('A', DAILY, 'timeseries'),
        id: 1,
        at: [0, 0, 18, 12],
      }).overrideByRegexp('/orders|buyers|aov|arpu|arppu/', HIDDEN),
    )
    .withPanel(
      statPanel(
        {
          title: 'Net revenue, $currency',
          description: 'Sum of the range: purchases less refunds.',
          query: analysisQuery('A', DAILY, 'timeseries'),
          id: 3,
          at: [18, 0, 6, 4],
        },
        'short',
        { fields: '/^net/', calc: 'sum' },
      ).decimals(2),
    )
    .withPanel(
      statPanel(
        {
          title: 'Orders',
          description: 'Sum over the days of the range of distinct orders.',
          query: analysisQuery('A', DAILY, 'timeseries'),
          id: 4,
          at: [18, 4, 6, 4],
        },
        'locale',
        { fields: '/^orders/', calc: 'sum', picture: false },
      ),
    )
    .withPanel(
      statPanel(
        {
          title: 'Average order, $currency',
          description: 'Gross revenue per order, of the last day of the range.',
          query: analysisQuery('A', DAILY, 'timeseries'),
          id: 5,
          at: [18, 8, 6, 4],
        },
        'short',
        { fields: '/^aov/', picture: false },
      ).decimals(2),
    )
    .withPanel(
      tablePanel(
        {
          title: 'By day',
          description:
            'The first row, without a day, is the total. Average order value (aov) is gross per order; arpu is net per active user, arppu net per buyer.',
          query: analysisQuery('A', DAILY),
          id: 2,
          at: [0, 12, 24, 12],
        },
        {
          time: { title: 'day', unit: 'time:YYYY-MM-DD', width: 120 },
          currency: { hidden: true },
          gross: { decimals: 2 },
          refunds: { decimals: 2 },
          net: { decimals: 2 },
          aov: { decimals: 2 },
          arpu: { decimals: 2 },
          arppu: { decimals: 2 },
        },
      ),
    );
