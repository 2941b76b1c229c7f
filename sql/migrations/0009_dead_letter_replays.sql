-- Dead letters that became events after all, as they were: replaying takes them out of `dead_letters`.
CREATE TABLE IF NOT EXISTS dead_letter_replays
(
    topic LowCardinality(String),
    partition UInt64,
    offset UInt64,
    item UInt32,
    kafka_timestamp DateTime64(3, 'UTC'),
    reason LowCardinality(String),
    error String,
    raw String,
    raw_form LowCardinality(String),
    message_key String,
    event_id UUID COMMENT 'the event it became',
    fixed UInt8 COMMENT '1 where a script changed it',
    replayed_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(replayed_at)
ORDER BY (topic, partition, offset, item);
