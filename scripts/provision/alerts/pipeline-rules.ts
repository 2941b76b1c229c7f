import type { AlertRule } from './rule.ts';

const ON_DASHBOARD = 'pipeline';

/** Rules about the way from a message to a number. */
export const PIPELINE_RULES: readonly AlertRule[] = [
  {
    name: 'numbers-stand-still',
    title: 'Numbers stand still',
    summary: 'What is complete is more than 5 minutes old: dashboards and rules show the past.',
    severity: 'page',
    rawSql: "SELECT dateDiff('second', complete_until, now64(3, 'UTC')) AS seconds_behind FROM completeness",
    line: { above: 300 },
    for: '2m',
    noData: 'OK', // before the first event
    panel: { dashboard: ON_DASHBOARD, id: 1 },
  },
  {
    name: 'lag-grows',
    title: 'ClickHouse falls behind',
    summary: 'More than 100,000 messages wait in Kafka to be read.',
    severity: 'ticket',
    rawSql: 'SELECT toUInt64(lag) AS messages FROM completeness',
    line: { above: 100_000 },
    for: '5m',
    noData: 'OK',
    panel: { dashboard: ON_DASHBOARD, id: 2 },
  },
  {
    name: 'messages-refused',
    title: 'Messages are refused',
    summary: 'More than 1 % of the messages of the last 10 minutes could not be read as events.',
    severity: 'page',
    rawSql: `WITH
  (SELECT count() FROM dead_letters WHERE inserted_at > now64(3, 'UTC') - INTERVAL 10 MINUTE) AS refused,
  (SELECT count() FROM events WHERE inserted_at > now64(3, 'UTC') - INTERVAL 10 MINUTE) AS taken
SELECT if(refused < 10, 0, refused / (refused + taken)) AS share`,
    line: { above: 0.01 },
    for: '0s',
    noData: 'OK',
    panel: { dashboard: ON_DASHBOARD, id: 8 },
  },
  {
    name: 'messages-missing',
    title: 'Messages are missing',
    summary: 'Offsets of Kafka are no row, no dead letter and not explained: numbers are too small.',
    severity: 'page',
    rawSql: 'SELECT toInt64(sum(greatest(missing, 0))) AS messages FROM ledger_partitions',
    line: { above: 0 },
    for: '5m',
    noData: 'OK',
    panel: { dashboard: ON_DASHBOARD, id: 4 },
  },
  {
    name: 'live-metrics-stop',
    title: 'Live metrics stop',
    summary: 'Flink has written no minute for 10 minutes although events come in: its job is down or behind.',
    severity: 'page',
    rawSql: `WITH
  (SELECT max(timestamp) FROM real_time_metrics) AS written,
  (SELECT max(newest_event) FROM intake_partitions WHERE newest_event < now64(3, 'UTC') + INTERVAL 1 MINUTE) AS read
SELECT greatest(0, dateDiff('second', written, read)) AS seconds_behind`,
    line: { above: 600 },
    for: '2m',
    noData: 'OK',
    panel: { dashboard: ON_DASHBOARD, id: 7 },
  },
  {
    name: 'too-many-parts',
    title: 'A table has too many parts',
    summary: 'Merges do not keep up; at 3,000 parts in a partition ClickHouse refuses inserts.',
    severity: 'ticket',
    rawSql: `SELECT max(parts) AS parts FROM (
  SELECT count() AS parts FROM system.parts
  WHERE active AND database = currentDatabase() GROUP BY table, partition_id
)`,
    line: { above: 500 },
    for: '10m',
    noData: 'OK',
    panel: { dashboard: ON_DASHBOARD, id: 12 },
  },
  {
    name: 'disk-fills',
    title: 'A disk of ClickHouse fills up',
    summary: 'Less than 10 % of a disk is free: inserts stop when it is full.',
    severity: 'page',
    rawSql: 'SELECT min(unreserved_space / total_space) AS free FROM system.disks WHERE total_space > 0',
    line: { below: 0.1 },
    for: '5m',
    noData: 'Alerting',
    panel: { dashboard: ON_DASHBOARD, id: 12 },
  },
];
