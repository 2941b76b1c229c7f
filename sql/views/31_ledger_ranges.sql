-- The offsets that are rows or dead letters, as ranges without a hole, both ends in.
CREATE OR REPLACE VIEW ledger_ranges AS
WITH
    buckets AS
    (
        SELECT topic, partition, bucket, groupBitmapMergeState(offsets) AS seen
        FROM ledger
        GROUP BY topic, partition, bucket
    ),
    pieces AS
    (
        SELECT
            topic,
            partition,
            bucket * 65536 + piece.1 AS piece_from,
            bucket * 65536 + piece.2 AS piece_to
        FROM
        (
            SELECT
                topic,
                partition,
                bucket,
                -- Only a set with holes is spread out into its numbers.
                arrayJoin(if(
                    bitmapCardinality(seen) = bitmapMax(seen) - bitmapMin(seen) + 1,
                    [(bitmapMin(seen), bitmapMax(seen))],
                    arrayMap(
                        run -> (toUInt64(run[1]), toUInt64(run[-1])),
                        arraySplit(
                            (number, step) -> step != 1,
                            arraySort(bitmapToArray(seen)),
                            arrayDifference(arraySort(bitmapToArray(seen)))
                        )
                    )
                )) AS piece
            FROM buckets
        )
    ),
    numbered AS
    (
        SELECT
            topic,
            partition,
            piece_from,
            piece_to,
            sum(begins) OVER (PARTITION BY topic, partition ORDER BY piece_from) AS range_number
        FROM
        (
            SELECT
                topic,
                partition,
                piece_from,
                piece_to,
                piece_from != 1 + lagInFrame(piece_to, 1, piece_from) OVER (
                    PARTITION BY topic, partition ORDER BY piece_from
                    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
                ) AS begins
            FROM pieces
        )
    )
SELECT
    topic,
    partition,
    min(piece_from) AS from_offset,
    max(piece_to) AS to_offset
FROM numbered
GROUP BY topic, partition, range_number;
