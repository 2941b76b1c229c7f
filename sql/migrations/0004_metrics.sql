-- Users who viewed something, per hour and content. A set of users takes a repeated event without counting it twice.
CREATE TABLE IF NOT EXISTS unique_users_hourly
(
    hour DateTime('UTC'),
    content_id UUID,
    unique_users AggregateFunction(uniq, UUID)
)
ENGINE = AggregatingMergeTree
ORDER BY (hour, content_id);

CREATE MATERIALIZED VIEW IF NOT EXISTS unique_users_hourly_mv TO unique_users_hourly AS
SELECT
    toStartOfHour(timestamp, 'UTC') AS hour,
    suuupra_content_uuid(content_id) AS content_id,
    uniqState(user_id) AS unique_users
FROM events
WHERE event_type = 'content_view' AND _deleted = 0
GROUP BY hour, content_id;

-- What jobs over the stream compute. A value that comes again, corrected or repeated, replaces the one before:
-- read with FINAL. Never money, which is not a floating point number: see revenue_minute.
CREATE TABLE IF NOT EXISTS real_time_metrics
(
    timestamp DateTime64(3, 'UTC'),
    metric_name LowCardinality(String),
    metric_value Float64,
    dimensions Map(String, String),
    -- A map is no sorting key that two writers agree on: its text in the order of its keys is.
    dimensions_key String MATERIALIZED toString(mapSort(dimensions)),
    version UInt64 DEFAULT toUnixTimestamp64Milli(now64(3)) COMMENT 'the greatest is kept'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toRelativeMonthNum(timestamp) % 96
ORDER BY (metric_name, timestamp, dimensions_key);
