-- How far each partition of a topic of events is read, as the consumers of ClickHouse report it about once a second
-- (`statistics_interval_ms` in the server's Kafka configuration). `read_until`: every message that the broker had stored
-- by then is in the tables. With a lag that is the arrival of the last message that was read.
CREATE OR REPLACE VIEW intake_partitions AS
WITH
    consumers AS
    (
        SELECT
            topic,
            entry.1 AS partition,
            entry.2 AS committed_offset,
            entry.3 AS log_start,
            entry.4 AS log_end,
            -- A broker that does not answer reports nothing new: what it last said is as old as its last answer.
            fromUnixTimestamp64Milli(reported_at * 1000 - intDiv(arrayMin(idle_microseconds), 1000), 'UTC') AS polled_at
        FROM
        (
            SELECT
                JSONExtractInt(rdkafka_stat, 'time') AS reported_at,
                arrayMap(
                    broker -> JSONExtractInt(broker.2, 'rxidle'),
                    arrayFilter(
                        broker -> JSONExtractInt(broker.2, 'nodeid') >= 0,
                        JSONExtractKeysAndValuesRaw(rdkafka_stat, 'brokers')
                    )
                ) AS idle_microseconds,
                arrayJoin(JSONExtractKeysAndValuesRaw(rdkafka_stat, 'topics')) AS topic_report,
                topic_report.1 AS topic,
                arrayJoin(arrayMap(
                    report -> (
                        toUInt64(JSONExtractInt(report.2, 'partition')),
                        JSONExtractInt(report.2, 'committed_offset'),
                        JSONExtractInt(report.2, 'lo_offset'),
                        JSONExtractInt(report.2, 'ls_offset')
                    ),
                    arrayFilter(
                        report -> JSONExtractBool(report.2, 'desired') AND JSONExtractInt(report.2, 'ls_offset') >= 0,
                        JSONExtractKeysAndValuesRaw(topic_report.2, 'partitions')
                    )
                )) AS entry
            FROM system.kafka_consumers
            WHERE database = currentDatabase() AND rdkafka_stat != ''
        )
        WHERE notEmpty(idle_microseconds)
    )
SELECT
    topic,
    partition,
    consumers.committed_offset AS committed_offset,
    consumers.log_end AS log_end,
    toUInt64(greatest(0, consumers.log_end - greatest(consumers.committed_offset, consumers.log_start))) AS lag,
    consumers.polled_at AS polled_at,
    ledger_partitions.newest_event AS newest_event,
    ledger_partitions.newest_arrival AS newest_arrival,
    if(consumers.polled_at > toDateTime64(0, 3, 'UTC') AND lag = 0, consumers.polled_at, newest_arrival) AS read_until
FROM ledger_partitions
FULL OUTER JOIN consumers USING (topic, partition)
WHERE topic IN ('events', 'events_bulk', 'events_json', 'events_protobuf');
