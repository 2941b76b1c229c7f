-- What has been read of each partition, from the ledger. `missing` counts offsets up to the last that are neither a row
-- nor a dead letter nor explained by the broker (an empty message, a record of its own, expired before they were read):
-- after `suuupra audit` it must be 0.
CREATE OR REPLACE VIEW ledger_partitions AS
SELECT
    topic,
    partition,
    first_offset,
    last_offset,
    offsets_seen,
    repeats,
    ifNull(explained.offsets, 0) AS offsets_explained,
    greatest(toInt64(last_offset + 1) - toInt64(offsets_seen) - toInt64(offsets_explained), 0) AS missing,
    newest_event,
    newest_arrival
FROM
(
    SELECT
        topic,
        partition,
        min(first_seen) AS first_offset,
        max(last_seen) AS last_offset,
        sum(seen) AS offsets_seen,
        sum(delivered) - sum(seen) AS repeats,
        max(event) AS newest_event,
        max(arrival) AS newest_arrival
    FROM
    (
        SELECT
            topic,
            partition,
            bucket,
            groupBitmapMerge(offsets) AS seen,
            sum(deliveries) AS delivered,
            min(ledger.first_offset) AS first_seen,
            max(ledger.last_offset) AS last_seen,
            max(ledger.newest_event) AS event,
            max(ledger.newest_arrival) AS arrival
        FROM ledger
        GROUP BY topic, partition, bucket
    )
    GROUP BY topic, partition
) AS seen
LEFT JOIN
(
    SELECT topic, partition, sum(to_offset + 1 - from_offset) AS offsets
    FROM ledger_gaps FINAL
    GROUP BY topic, partition
) AS explained USING (topic, partition);
