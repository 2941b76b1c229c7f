-- How long after they happened events are received, by the hour of receipt: as far as "complete" must look back.
CREATE TABLE IF NOT EXISTS event_lateness
(
    hour DateTime('UTC'),
    seconds AggregateFunction(quantileTDigest(0.999), Float64)
)
ENGINE = AggregatingMergeTree
ORDER BY hour
TTL hour + INTERVAL 30 DAY;

CREATE MATERIALIZED VIEW IF NOT EXISTS event_lateness_mv TO event_lateness AS
SELECT
    toStartOfHour(assumeNotNull(received_at), 'UTC') AS hour,
    quantileTDigestState(0.999)(toFloat64(dateDiff('millisecond', timestamp, assumeNotNull(received_at))) / 1000) AS seconds
FROM events
WHERE isNotNull(received_at) AND timestamp <= received_at
GROUP BY hour;
