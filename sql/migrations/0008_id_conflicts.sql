-- Two events with one id are one event, and the first to arrive wins. Rows of one user and time merge by themselves.
-- An id that comes again with another user, time or type is a conflict: this finds it within seconds, puts the later
-- one among the dead letters and takes it out of `events`. Looked back at are 90 days; it costs about a third of the
-- disk of `events` for those days, and reading 128 rows per new event.

-- What an id stands for: a row per id and (user, time, type), with its first arrival.
CREATE TABLE IF NOT EXISTS event_identities
(
    event_id UUID,
    identity UInt64 COMMENT 'hash of user, time and type',
    _arrival UInt128,
    arrived_at DateTime('UTC')
)
ENGINE = ReplacingMergeTree(_arrival)
ORDER BY (event_id, identity)
TTL arrived_at + INTERVAL 90 DAY
-- Ids are looked up one by one all over the table: small granules make a lookup cheap.
SETTINGS index_granularity = 128;

CREATE MATERIALIZED VIEW IF NOT EXISTS event_identities_mv TO event_identities AS
SELECT
    event_id,
    sipHash64(user_id, events.timestamp, event_type) AS identity,
    _arrival,
    _kafka_timestamp AS arrived_at
FROM events
WHERE _deleted = 0 AND _topic != '';

-- Ids that are still to be looked at, or were lately.
CREATE TABLE IF NOT EXISTS recent_event_ids
(
    event_id UUID,
    inserted_at DateTime64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY inserted_at
TTL toDateTime(inserted_at) + INTERVAL 1 DAY;

CREATE MATERIALIZED VIEW IF NOT EXISTS recent_event_ids_mv TO recent_event_ids AS
SELECT event_id, inserted_at
FROM events
WHERE _deleted = 0 AND _topic != '';

-- Losers of conflicts.
CREATE TABLE IF NOT EXISTS id_conflicts
(
    event_id UUID,
    identity UInt64,
    topic LowCardinality(String),
    partition UInt64,
    offset UInt64,
    kafka_timestamp DateTime64(3, 'UTC'),
    -- Whether the loser has a place of its own in `events`, and where: a loser of the winner's user and time merges away.
    has_row UInt8,
    user_id UUID,
    timestamp DateTime64(3, 'UTC'),
    event_type LowCardinality(String),
    record String COMMENT 'the event as JSON, as far as the table still had it',
    found_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(found_at)
ORDER BY (event_id, identity);

CREATE MATERIALIZED VIEW IF NOT EXISTS id_conflicts_dead_letters_mv TO dead_letters AS
SELECT
    topic,
    partition,
    offset,
    kafka_timestamp,
    'id_conflict' AS reason,
    concat('the id ', toString(event_id), ' is that of an earlier event of another user, time or type') AS error,
    record AS raw,
    'record' AS raw_form,
    if(has_row, toString(user_id), '') AS message_key
FROM id_conflicts;

-- The greatest version there can be: whatever of the loser comes again stays out.
CREATE MATERIALIZED VIEW IF NOT EXISTS id_conflicts_events_mv TO events AS
SELECT
    event_id,
    event_type,
    user_id,
    timestamp,
    toDateTime64(0, 3, 'UTC') AS _kafka_timestamp,
    1 AS _deleted
FROM id_conflicts
WHERE has_row;

CREATE MATERIALIZED VIEW IF NOT EXISTS id_conflicts_mv REFRESH EVERY 10 SECOND APPEND TO id_conflicts AS
WITH
    -- Since the last look and a minute more; after a restart, all of the last day.
    fresh AS
    (
        SELECT event_id
        FROM recent_event_ids
        WHERE inserted_at >= (
            SELECT ifNull(max(last_success_time), toDateTime('1970-01-02 00:00:00')) - INTERVAL 1 MINUTE
            FROM system.view_refreshes
            WHERE database = currentDatabase() AND view = 'id_conflicts_mv'
        )
    ),
    conflicts AS
    (
        SELECT
            event_id,
            argMax(identity, _arrival) AS winner,
            arrayJoin(groupUniqArray((identity, bitNot(_arrival)))) AS claim
        FROM event_identities FINAL
        WHERE event_id IN (SELECT event_id FROM fresh)
        GROUP BY event_id
        HAVING uniqExact(identity) > 1
    ),
    losers AS
    (
        SELECT event_id, winner, claim.1 AS identity, claim.2 AS arrival
        FROM conflicts
        WHERE identity != winner
            AND (event_id, identity) NOT IN (SELECT event_id, identity FROM id_conflicts)
    ),
    -- Where there is no conflict, which is nearly always, this is 0 and the query below reads nothing.
    (SELECT count() FROM losers) AS losers_found,
    candidates AS
    (
        SELECT
            event_id,
            sipHash64(user_id, events.timestamp, event_type) AS identity,
            user_id,
            events.timestamp AS event_time,
            event_type,
            formatRowNoNewline('JSONEachRow', * EXCEPT (_topic, _partition, _offset, _kafka_timestamp, inserted_at, _deleted)) AS record
        FROM events
        WHERE losers_found > 0 AND event_id IN (SELECT event_id FROM losers) AND _deleted = 0
        LIMIT 1 BY event_id, identity
    )
SELECT
    losers.event_id AS event_id,
    losers.identity AS identity,
    ['events', 'events_bulk', 'events_json', 'events_late', 'events_protobuf'][
        toUInt8(bitAnd(bitShiftRight(losers.arrival, 80), 63))] AS topic,
    toUInt64(bitAnd(bitShiftRight(losers.arrival, 64), 65535)) AS partition,
    toUInt64(bitAnd(losers.arrival, 18446744073709551615)) AS offset,
    fromUnixTimestamp64Milli(toInt64(bitShiftRight(losers.arrival, 86)), 'UTC') AS kafka_timestamp,
    loser.record != '' AND (loser.user_id, loser.event_time) != (winner.user_id, winner.event_time) AS has_row,
    loser.user_id AS user_id,
    loser.event_time AS timestamp,
    loser.event_type AS event_type,
    loser.record AS record
FROM losers
LEFT JOIN candidates AS loser ON loser.event_id = losers.event_id AND loser.identity = losers.identity
LEFT JOIN candidates AS winner ON winner.event_id = losers.event_id AND winner.identity = losers.winner;
