-- Views, active users and events per minute of event time, each event counted once, written exactly once.
--
-- An event is late when its minute has been written already (the watermark has passed the minute's end). Late events
-- go to events_late and are not counted here; sql/rebuild/core_metrics.sql counts them in.
-- The metrics are described in sql/flink/README.md.
--
-- @version 1
-- @owner analytics
-- @parallelism 1
-- @checkpoint-interval 5 s
-- @state-ttl 24 h
-- @upgrade savepoint
-- @include events, events_late
-- @reads events
-- @writes core_metrics, events_late

CREATE TEMPORARY VIEW judged_events AS
SELECT
  *,
  CURRENT_WATERMARK(`timestamp`) IS NOT NULL
    AND FLOOR(`timestamp` TO MINUTE) + INTERVAL '59.999' SECOND <= CURRENT_WATERMARK(`timestamp`) AS is_late
FROM unique_events;

-- One row per minute and event type, and one per minute over all types (event_type null).
CREATE TEMPORARY VIEW minutes AS
SELECT
  window_start,
  event_type,
  CAST(COUNT(*) AS DOUBLE) AS events,
  CAST(COUNT(*) FILTER (WHERE event_type = 'page_view') AS DOUBLE) AS page_views,
  CAST(COUNT(*) FILTER (WHERE event_type = 'content_view') AS DOUBLE) AS content_views,
  CAST(COUNT(DISTINCT user_id) AS DOUBLE) AS users
FROM TUMBLE(TABLE judged_events, DESCRIPTOR(`timestamp`), INTERVAL '1' MINUTE)
WHERE NOT is_late
GROUP BY window_start, window_end, GROUPING SETS ((event_type), ());

CREATE TEMPORARY TABLE core_metrics (
  `timestamp` TIMESTAMP(3) NOT NULL,
  metric_name STRING NOT NULL,
  metric_value DOUBLE NOT NULL,
  dimensions MAP<STRING NOT NULL, STRING NOT NULL> NOT NULL
) WITH (
  'connector' = 'kafka',
  'topic' = {{topic:core_metrics}},
  'properties.bootstrap.servers' = {{kafka_brokers}},
  'format' = 'avro-confluent',
  'avro-confluent.url' = {{registry_url}},
  'avro-confluent.subject' = {{subject:core_metrics}},
  'avro-confluent.schema' = {{schema:core_metrics}},
  'sink.delivery-guarantee' = 'exactly-once',
  'sink.transactional-id-prefix' = {{transactions:core_metrics}},
  'properties.transaction.timeout.ms' = '600000'
);

EXECUTE STATEMENT SET BEGIN

INSERT INTO core_metrics
SELECT window_start, metric_name, metric_value, dimensions
FROM minutes
CROSS JOIN UNNEST(
  CASE
    -- STR_TO_MAP('') is the empty map, for which Flink SQL has no literal.
    WHEN event_type IS NULL THEN ARRAY[
      ROW('page_views_per_minute', page_views, STR_TO_MAP('')),
      ROW('content_views_per_minute', content_views, STR_TO_MAP('')),
      ROW('active_users_per_minute', users, STR_TO_MAP(''))
    ]
    ELSE ARRAY[ROW('events_per_minute', events, MAP['event_type', event_type])]
  END
) AS metric (metric_name, metric_value, dimensions);

INSERT INTO events_late
SELECT
  event_id,
  event_type,
  user_id,
  CAST(`timestamp` AS TIMESTAMP(3)),
  {{job}},
  CAST(CURRENT_WATERMARK(`timestamp`) AS TIMESTAMP(3))
FROM judged_events
WHERE is_late;

END;
