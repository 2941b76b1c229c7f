-- What the broker says about offsets that are neither a row nor a dead letter; written by `suuupra audit` and
-- `suuupra status`, which ask the broker about a gap only once. What is lost is not written down: it may come back.
CREATE TABLE IF NOT EXISTS ledger_gaps
(
    topic LowCardinality(String),
    partition UInt64,
    from_offset UInt64,
    to_offset UInt64 COMMENT 'included',
    class LowCardinality(String) COMMENT 'empty, control, aborted or expired',
    checked_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(checked_at)
ORDER BY (topic, partition, from_offset);
