-- What could not become an event, with all that is needed to see why and to send it again.
CREATE TABLE IF NOT EXISTS dead_letters
(
    topic LowCardinality(String),
    partition UInt64,
    offset UInt64,
    -- Place within the message where one message holds many events.
    item UInt32 DEFAULT 0,
    kafka_timestamp DateTime64(3, 'UTC'),
    -- malformed_message, unknown_schema, registry_unavailable, contract_violation, id_conflict; see sql/README.md.
    reason LowCardinality(String),
    error String,
    -- The message as it came. Where it could be decoded and broke a rule of the contract, the engine gives no bytes
    -- any more: then the decoded record as JSON.
    raw String,
    raw_form LowCardinality(String) COMMENT 'message or record',
    message_key String,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree
ORDER BY (topic, partition, offset, item);

-- Which offsets have become rows or dead letters: a set per 65,536 offsets, which merges and to which a repeated block
-- adds nothing. It outlives the rows, since rows of one event are merged away.
CREATE TABLE IF NOT EXISTS ledger
(
    topic LowCardinality(String),
    partition UInt64,
    bucket UInt64 COMMENT 'offset divided by 65536',
    offsets AggregateFunction(groupBitmap, UInt32) COMMENT 'offset modulo 65536',
    deliveries SimpleAggregateFunction(sum, UInt64) COMMENT 'rows that came, repeated ones too',
    first_offset SimpleAggregateFunction(min, UInt64),
    last_offset SimpleAggregateFunction(max, UInt64),
    newest_event SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
        COMMENT 'by the clock of the client, without events more than a minute ahead of the broker',
    newest_arrival SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'by the clock of the broker'
)
ENGINE = AggregatingMergeTree
ORDER BY (topic, partition, bucket);

-- Fed from the tables and not from Kafka: an offset is in the ledger because its row is.
CREATE MATERIALIZED VIEW IF NOT EXISTS ledger_events_mv TO ledger AS
SELECT
    _topic AS topic,
    _partition AS partition,
    intDiv(_offset, 65536) AS bucket,
    groupBitmapState(toUInt32(_offset % 65536)) AS offsets,
    count() AS deliveries,
    min(_offset) AS first_offset,
    max(_offset) AS last_offset,
    maxIf(timestamp, timestamp <= _kafka_timestamp + INTERVAL 1 MINUTE) AS newest_event,
    max(_kafka_timestamp) AS newest_arrival
FROM events
WHERE _topic != ''
GROUP BY topic, partition, bucket;

CREATE MATERIALIZED VIEW IF NOT EXISTS ledger_dead_letters_mv TO ledger AS
SELECT
    topic,
    partition,
    intDiv(offset, 65536) AS bucket,
    groupBitmapState(toUInt32(offset % 65536)) AS offsets,
    count() AS deliveries,
    min(offset) AS first_offset,
    max(offset) AS last_offset,
    toDateTime64(0, 3, 'UTC') AS newest_event,
    max(kafka_timestamp) AS newest_arrival
FROM dead_letters
WHERE reason != 'id_conflict'
GROUP BY topic, partition, bucket;
