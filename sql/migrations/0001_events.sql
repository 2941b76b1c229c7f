-- Every event, with where it came from. Deliveries repeat (a producer sends again, a block is consumed again after a
-- crash), so rows of one event are merged into the one that arrived first: read this table with FINAL.
CREATE TABLE IF NOT EXISTS events
(
    event_id UUID,
    event_type LowCardinality(String),
    user_id UUID,
    session_id Nullable(String),
    content_id Nullable(String),
    timestamp DateTime64(3, 'UTC'),
    received_at Nullable(DateTime64(3, 'UTC')),
    device LowCardinality(Nullable(String)),
    country LowCardinality(Nullable(String)),
    url Nullable(String),
    referrer Nullable(String),
    watch_time_seconds Nullable(Float64),
    duration_seconds Nullable(Float64),
    order_id Nullable(String),
    amount Nullable(Decimal(18, 6)),
    currency LowCardinality(Nullable(String)),
    experiment_key LowCardinality(Nullable(String)),
    variant LowCardinality(Nullable(String)),
    -- What has no column of its own, and known properties whose value is not of their column's type.
    properties JSON,
    _topic LowCardinality(String),
    _partition UInt64,
    _offset UInt64,
    -- The broker's clock when it stored the message.
    _kafka_timestamp DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    -- Arrival, complemented, because the greatest version is kept and the first arrival must win:
    -- 42 bits of the broker's milliseconds, 6 of the topic's rank by name, 16 of the partition, 64 of the offset.
    _arrival UInt128 MATERIALIZED bitNot(
        bitShiftLeft(toUInt128(toUnixTimestamp64Milli(_kafka_timestamp)), 86)
        + bitShiftLeft(toUInt128(indexOf(
            ['events', 'events_bulk', 'events_json', 'events_late', 'events_protobuf'], toString(_topic))), 80)
        + bitShiftLeft(toUInt128(_partition), 64)
        + _offset
    ),
    -- 1 takes an event out of every number: the row with the greatest version says so.
    _deleted UInt8 DEFAULT 0
)
ENGINE = ReplacingMergeTree(_arrival, _deleted)
-- Weeks, because FINAL costs nothing in a partition that is one part, and only the current week must be more.
-- Modulo, because one block may hold events of any time and a block of more than 100 partitions is refused: weeks that
-- are 96 apart share a partition, and times are still skipped by the least and greatest time of each part.
PARTITION BY toRelativeWeekNum(timestamp) % 96
-- Every analysis goes through events user by user in order of time; rows of one event are neighbours.
ORDER BY (user_id, timestamp, event_id)
SETTINGS min_age_to_force_merge_seconds = 600, min_age_to_force_merge_on_partition_only = 1;

-- Every event once. `events FINAL` is the same and many times faster where a path of `properties` is read: through a view
-- the whole column is.
CREATE OR REPLACE VIEW unique_events AS
SELECT * EXCEPT (_topic, _partition, _offset, _kafka_timestamp, inserted_at, _deleted)
FROM events FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;
