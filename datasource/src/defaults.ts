import { CoreApp } from '@grafana/data';
import type { SuuupraQuery } from './types.ts';

/** SQL to begin with: how many events there were. */
export const FIRST_SQL = `SELECT $__timeInterval_ms(timestamp) AS time, count() AS events
FROM unique_events
WHERE $__timeFilter_ms(timestamp)
GROUP BY time
ORDER BY time`;

/** A query to begin with: an analysis in dashboards, numbers for alert rules, SQL where one explores. */
export function defaultQuery(app: CoreApp): Omit<SuuupraQuery, 'refId'> {
  if (app === CoreApp.UnifiedAlerting || app === CoreApp.CloudAlerting)
    return { mode: 'sql', format: 'numeric', rawSql: '' };
  if (app === CoreApp.Explore) return { mode: 'sql', format: 'timeseries', rawSql: FIRST_SQL };
  return { mode: 'analysis', format: 'table', rawSql: '', definition: { analysis: 'funnel', steps: [{}, {}] } };
}
