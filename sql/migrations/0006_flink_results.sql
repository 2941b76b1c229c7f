-- What the Flink jobs write to their topics. Only committed transactions are read: that is the default of the client
-- which ClickHouse reads Kafka with.

-- Values of metrics; of two values for one key the one that the broker took later is kept, so that a job which was set
-- back to a savepoint may repeat rows and no number changes.
CREATE TABLE IF NOT EXISTS kafka_core_metrics
(
    timestamp DateTime64(3, 'UTC'),
    metric_name String,
    metric_value Float64,
    dimensions Map(String, String)
)
ENGINE = Kafka
SETTINGS
    kafka_broker_list = {{kafka_brokers}},
    kafka_topic_list = 'core_metrics',
    kafka_group_name = 'clickhouse_core_metrics',
    kafka_format = 'AvroConfluent',
    format_avro_schema_registry_url = {{registry_url}},
    kafka_handle_error_mode = 'stream',
    kafka_flush_interval_ms = 500,
    kafka_poll_timeout_ms = 100;

CREATE MATERIALIZED VIEW IF NOT EXISTS core_metrics_mv TO real_time_metrics AS
SELECT
    timestamp,
    metric_name,
    metric_value,
    dimensions,
    toUnixTimestamp64Milli(assumeNotNull(_timestamp_ms)) AS version
FROM kafka_core_metrics
WHERE _error = '';

-- Events that came when a job had written their window already: what a rebuild of the job's results has to count in.
CREATE TABLE IF NOT EXISTS late_events
(
    job LowCardinality(String),
    event_id UUID,
    event_type LowCardinality(String),
    user_id UUID,
    timestamp DateTime64(3, 'UTC'),
    watermark DateTime64(3, 'UTC') COMMENT 'how far the job was',
    arrived_at DateTime64(3, 'UTC') COMMENT 'by the clock of the broker'
)
ENGINE = ReplacingMergeTree
ORDER BY (job, timestamp, event_id);

CREATE TABLE IF NOT EXISTS kafka_events_late
(
    event_id UUID,
    event_type String,
    user_id UUID,
    timestamp DateTime64(3, 'UTC'),
    job String,
    watermark DateTime64(3, 'UTC')
)
ENGINE = Kafka
SETTINGS
    kafka_broker_list = {{kafka_brokers}},
    kafka_topic_list = 'events_late',
    kafka_group_name = 'clickhouse_events_late',
    kafka_format = 'AvroConfluent',
    format_avro_schema_registry_url = {{registry_url}},
    kafka_handle_error_mode = 'stream',
    kafka_flush_interval_ms = 500,
    kafka_poll_timeout_ms = 100;

CREATE MATERIALIZED VIEW IF NOT EXISTS events_late_mv TO late_events AS
SELECT job, event_id, event_type, user_id, timestamp, watermark, assumeNotNull(_timestamp_ms) AS arrived_at
FROM kafka_events_late
WHERE _error = '';
