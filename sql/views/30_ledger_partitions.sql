-- What has been read of each partition, from the ledger. `missing` counts offsets between the first and the last that
-- are neither a row nor a dead letter: empty messages, records of the broker's own, or a loss; `suuupra audit` reads
-- them again from the broker and says which.
CREATE OR REPLACE VIEW ledger_partitions AS
SELECT
    topic,
    partition,
    min(first_seen) AS first_offset,
    max(last_seen) AS last_offset,
    sum(seen) AS offsets_seen,
    sum(delivered) - sum(seen) AS repeats,
    max(last_seen) - min(first_seen) + 1 - sum(seen) AS missing,
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
GROUP BY topic, partition;
