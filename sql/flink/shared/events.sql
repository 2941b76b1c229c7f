-- The live events, each once. Included by every job that counts events.

CREATE TEMPORARY TABLE events (
  event_id STRING NOT NULL,
  event_type STRING NOT NULL,
  user_id STRING NOT NULL,
  session_id STRING,
  content_id STRING,
  `timestamp` TIMESTAMP_LTZ(3) NOT NULL,
  properties ROW<
    device STRING,
    country STRING,
    url STRING,
    watch_time_seconds DOUBLE,
    duration_seconds DOUBLE,
    order_id STRING,
    amount DECIMAL(18, 6),
    currency STRING,
    experiment_key STRING,
    `variant` STRING
  > NOT NULL,
  -- When the broker took the message, by the broker's clock.
  appended_at TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
  arrived_at AS PROCTIME(),
  -- Time goes on with the newest event of each partition, less ten seconds for events that come out of order. An event
  -- from the future (a client's clock is wrong) does not move time on: it would make everybody else's events late.
  WATERMARK FOR `timestamp` AS CASE
    WHEN `timestamp` <= appended_at + INTERVAL '1' MINUTE THEN `timestamp` - INTERVAL '10' SECOND
  END
) WITH (
  'connector' = 'kafka',
  'topic' = {{topic:events}},
  'properties.bootstrap.servers' = {{kafka_brokers}},
  'properties.group.id' = {{group}},
  -- A job without state begins where its group stands, and the very first time at the beginning.
  'scan.startup.mode' = 'group-offsets',
  'properties.auto.offset.reset' = 'earliest',
  'scan.topic-partition-discovery.interval' = '30 s',
  -- A partition without traffic does not hold the others back. Not shorter: a reader that is starved of processor time
  -- for so long would take a partition with traffic for one without, and its events for late ones.
  'scan.watermark.idle-timeout' = '30 s',
  -- Malformed messages are skipped and counted; the registry's absence is not, it is waited for.
  'format' = 'suuupra-avro',
  'suuupra-avro.url' = {{registry_url}}
);

-- The first arrival of each event_id, of events that keep the contract as ClickHouse judges it (the format has looked at
-- the ids). Ids are remembered as long as the job's state TTL.
CREATE TEMPORARY VIEW unique_events AS
SELECT event_id, event_type, user_id, session_id, content_id, `timestamp`, properties
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY arrived_at) AS arrival
  FROM events
  WHERE REGEXP(event_type, '^[a-z][a-z0-9_]{0,99}$')
    AND `timestamp` >= TO_TIMESTAMP_LTZ(0, 3)
    AND `timestamp` < TO_TIMESTAMP_LTZ(4102444800000, 3) -- 2100
)
WHERE arrival = 1;
