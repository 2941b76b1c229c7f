import { locationUtil } from '@grafana/data';
import { config } from '@grafana/runtime';

/** SQL that counts a type of event over time; the name is a parameter, as typed names are. */
const SQL = `SELECT $__timeInterval_ms(timestamp) AS time, count() AS events
FROM unique_events
WHERE $__timeFilter_ms(timestamp) AND event_type = {event:String}
GROUP BY time
ORDER BY time`;

/** Explore with the events of a type over time; undefined where Grafana has no Explore. */
export function exploreAddress(source: string, event: string, range: { from: string; to: string }): string | undefined {
  if (!config.exploreEnabled) return undefined;
  const query = {
    refId: 'A',
    datasource: { uid: source, type: 'suuupra-analytics-datasource' },
    mode: 'sql',
    format: 'timeseries',
    rawSql: SQL,
    params: { event: { type: 'String', value: event } },
  };
  // The older form, which every supported version reads.
  const left = JSON.stringify({ datasource: source, queries: [query], range });
  return locationUtil.assureBaseUrl(`/explore?left=${encodeURIComponent(left)}`);
}
