import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from '../dashboard.ts';
import { statPanel, tablePanel, timeSeriesPanel } from '../panels.ts';
import { sqlQuery } from '../queries.ts';

const ARRIVING = `SELECT $__timeInterval_ms(inserted_at) AS time, count() AS events
FROM events
WHERE $__timeFilter_ms(inserted_at)
GROUP BY time ORDER BY time`;

const DELAY = `SELECT $__timeInterval_ms(inserted_at) AS time,
  quantile(0.5)(dateDiff('millisecond', _kafka_timestamp, inserted_at)) AS median,
  quantile(0.99)(dateDiff('millisecond', _kafka_timestamp, inserted_at)) AS "99 %"
FROM events
WHERE $__timeFilter_ms(inserted_at)
GROUP BY time ORDER BY time`;

const REFUSED = `SELECT $__timeInterval_ms(inserted_at) AS time, reason, count() AS messages
FROM dead_letters
WHERE $__timeFilter_ms(inserted_at)
GROUP BY time, reason ORDER BY time`;

const LATE = `SELECT $__timeInterval_ms(arrived_at) AS time, job, count() AS events
FROM late_events FINAL
WHERE $__timeFilter_ms(arrived_at)
GROUP BY time, job ORDER BY time`;

const PARTITIONS = `SELECT topic, partition, intake.lag AS lag, seen.first_offset AS first_offset, seen.last_offset AS last_offset,
  seen.missing AS missing, seen.repeats AS repeats, intake.newest_event AS newest_event, intake.read_until AS read_until
FROM intake_partitions AS intake
LEFT JOIN ledger_partitions AS seen USING (topic, partition)
ORDER BY topic, partition`;

const DEAD_LETTERS = `SELECT inserted_at, topic, partition, offset, reason, error
FROM dead_letters
WHERE $__timeFilter_ms(inserted_at)
ORDER BY inserted_at DESC LIMIT 100`;

const LIVE = `SELECT timestamp AS time, metric_name, metric_value
FROM real_time_metrics FINAL
WHERE $__timeFilter_ms(timestamp) AND empty(dimensions) AND metric_name LIKE '%_per_minute'
ORDER BY time`;

const TABLES = `SELECT table, sum(rows) AS rows, count() AS parts, sum(bytes_on_disk) AS on_disk,
  sum(data_uncompressed_bytes) AS uncompressed
FROM system.parts
WHERE active AND database = currentDatabase()
GROUP BY table ORDER BY on_disk DESC`;

/** Is everything that was sent in the numbers, and how new are they? */
export const pipeline = (): DashboardBuilder =>
  dashboard('pipeline', 'Pipeline health', 'Is everything that was sent in the numbers, and how new are they?')
    .time({ from: 'now-3h', to: 'now' })
    .refresh('30s')
    .withPanel(
      statPanel(
        {
          title: 'Numbers are complete up to',
          description: 'How long ago: events before are all read, those that are late in coming aside.',
          query: sqlQuery('A', "SELECT dateDiff('second', complete_until, now64(3)) AS ago FROM completeness", 'table'),
          id: 1,
          at: [0, 0, 6, 5],
        },
        's',
      ),
    )
    .withPanel(
      statPanel(
        {
          title: 'Messages not yet read',
          description: 'In Kafka and not yet in ClickHouse, over all partitions.',
          query: sqlQuery('A', 'SELECT lag FROM completeness', 'table'),
          id: 2,
          at: [6, 0, 6, 5],
        },
        'short',
      ),
    )
    .withPanel(
      statPanel(
        {
          title: 'Messages refused',
          description: 'Dead letters of the time range: kept with their bytes and the reason, and out of all numbers.',
          query: sqlQuery(
            'A',
            'SELECT count() AS dead_letters FROM dead_letters WHERE $__timeFilter_ms(inserted_at)',
            'table',
          ),
          id: 3,
          at: [12, 0, 6, 5],
        },
        'short',
      ),
    )
    .withPanel(
      statPanel(
        {
          title: 'Messages missing',
          description:
            'Offsets between the first and the last that are no row, no dead letter and not explained. `suuupra audit` looks at each again.',
          query: sqlQuery('A', 'SELECT toInt64(sum(greatest(missing, 0))) AS missing FROM ledger_partitions', 'table'),
          id: 4,
          at: [18, 0, 6, 5],
        },
        'short',
      ),
    )
    .withPanel(
      timeSeriesPanel({
        title: 'Events arriving',
        description: 'Rows by the time at which they came into ClickHouse.',
        query: sqlQuery('A', ARRIVING, 'timeseries'),
        id: 5,
        at: [0, 5, 12, 9],
      }),
    )
    .withPanel(
      timeSeriesPanel(
        {
          title: 'From Kafka to a row',
          description: 'Time between the arrival in Kafka and the row in ClickHouse.',
          query: sqlQuery('A', DELAY, 'timeseries'),
          id: 6,
          at: [12, 5, 12, 9],
        },
        'ms',
      ),
    )
    .withPanel(
      timeSeriesPanel({
        title: 'Live metrics',
        description: 'What Flink counts for each minute, over all types of events.',
        query: sqlQuery('A', LIVE, 'timeseries'),
        id: 7,
        at: [0, 14, 12, 9],
      }),
    )
    .withPanel(
      timeSeriesPanel({
        title: 'Refused messages by reason',
        description: 'Dead letters by the time at which they were refused.',
        query: sqlQuery('A', REFUSED, 'timeseries'),
        id: 8,
        at: [12, 14, 6, 9],
      }),
    )
    .withPanel(
      timeSeriesPanel({
        title: 'Late events',
        description: 'Events that came after their window was written; replays count them in.',
        query: sqlQuery('A', LATE, 'timeseries'),
        id: 9,
        at: [18, 14, 6, 9],
      }),
    )
    .withPanel(
      tablePanel({
        title: 'Partitions',
        description: 'What is read of each partition, and what of it is accounted for.',
        query: sqlQuery('A', PARTITIONS, 'table'),
        id: 10,
        at: [0, 23, 24, 6],
      }),
    )
    .withPanel(
      tablePanel({
        title: 'Newest dead letters',
        description: '`suuupra dead-letters show` has the bytes; `replay` takes them in again.',
        query: sqlQuery('A', DEAD_LETTERS, 'table'),
        id: 11,
        at: [0, 29, 12, 9],
      }),
    )
    .withPanel(
      tablePanel(
        {
          title: 'Tables',
          description: 'Size of each table of the product.',
          query: sqlQuery('A', TABLES, 'table'),
          id: 12,
          at: [12, 29, 12, 9],
        },
        {
          rows: { unit: 'locale' },
          on_disk: { title: 'on disk', unit: 'bytes' },
          uncompressed: { unit: 'bytes' },
        },
      ),
    );
