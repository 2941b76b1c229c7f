-- The way of a message from Kafka into its table. Written by `npm run generate` from the contract of events.
--
--   kafka_events ──events_mv──► incoming_events ──checked_events_mv──► checked_events ──accepted_events_mv──► events
--   (the topic)                 (decoded)                              (judged)       ──refused_events_mv──► dead_letters
--
-- incoming_events and checked_events hold nothing: they are joints. Other lanes decode into incoming_events too, so that
-- the rules stand in one place.
-- properties: device, country, url, referrer, watch_time_seconds, duration_seconds, order_id, amount, currency, experiment_key, variant

ALTER TABLE accepted_events_mv MODIFY QUERY
SELECT
    event_id,
    event_type,
    user_id,
    session_id,
    content_id,
    timestamp,
    received_at,
    device,
    country,
    url,
    referrer,
    watch_time_seconds,
    duration_seconds,
    order_id,
    amount,
    currency,
    experiment_key,
    variant,
    properties,
    _topic,
    _partition,
    _offset,
    _kafka_timestamp
FROM checked_events
WHERE _reason = '';

ALTER TABLE checked_events_mv MODIFY QUERY
WITH
    i._error = '' AS decoded,
    match(i.event_id, '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$') AS good_event_id,
    match(i.user_id, '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$') AS good_user_id,
    match(i.event_type, '^[a-z][a-z0-9_]{0,99}$') AS good_event_type,
    ifNull(i.timestamp >= 0 AND i.timestamp < 4102444800000, true) AS good_timestamp,
    ifNull(i.received_at >= 0 AND i.received_at < 4102444800000, true) AS good_received_at,
    isValidUTF8(concatWithSeparator(' ', ifNull(i.session_id, ''), ifNull(i.content_id, ''), ifNull(i.device, ''), ifNull(i.country, ''), ifNull(i.url, ''), ifNull(i.referrer, ''), ifNull(i.order_id, ''), ifNull(i.currency, ''), ifNull(i.experiment_key, ''), ifNull(i.variant, ''))) AS good_texts,
    ifNull(isFinite(i.watch_time_seconds), true) AS good_watch_time_seconds,
    ifNull(isFinite(i.duration_seconds), true) AS good_duration_seconds,
    ifNull(abs(i.amount) < 1000000000000, true) AS good_amount,
    isNull(i.extra) OR isNotNull(accurateCastOrNull(i.extra, 'JSON')) AS good_extra,
    isNull(i.extra) OR (position(i.extra, '[') = 0 AND position(i.extra, '{', 2) = 0)
            OR NOT arrayExists(pair -> match(pair.2, '^[{[]'), JSONExtractKeysAndValuesRaw(assumeNotNull(i.extra))) AS flat_extra,
    decoded AND good_event_id AND good_user_id AND good_event_type AND good_timestamp AND good_received_at AND good_texts AND good_watch_time_seconds AND good_duration_seconds AND good_amount AND good_extra AND flat_extra AS valid
SELECT
    toUUIDOrZero(i.event_id) AS event_id,
    i.event_type AS event_type,
    toUUIDOrZero(i.user_id) AS user_id,
    i.session_id AS session_id,
    i.content_id AS content_id,
    fromUnixTimestamp64Milli(if(valid, i.timestamp, 0), 'UTC') AS timestamp,
    fromUnixTimestamp64Milli(if(valid, i.received_at, NULL), 'UTC') AS received_at,
    i.device AS device,
    i.country AS country,
    i.url AS url,
    i.referrer AS referrer,
    i.watch_time_seconds AS watch_time_seconds,
    i.duration_seconds AS duration_seconds,
    i.order_id AS order_id,
    i.amount AS amount,
    i.currency AS currency,
    i.experiment_key AS experiment_key,
    i.variant AS variant,
    assumeNotNull(accurateCastOrNull(if(valid, ifNull(i.extra, '{}'), '{}'), 'JSON')) AS properties,
    i._topic AS _topic,
    i._partition AS _partition,
    i._offset AS _offset,
    i._kafka_timestamp AS _kafka_timestamp,
    i._key AS _key,
    multiIf(
        valid, '',
        decoded, 'contract_violation',
        i._error NOT LIKE '%: while fetching schema id = %', 'malformed_message',
        i._error LIKE '%HTTP status code: 404%', 'unknown_schema',
        'registry_unavailable'
    ) AS _reason,
    multiIf(
        valid, '',
        decoded, arrayStringConcat(arrayFilter(fault -> fault != '', [
            if(good_event_id, '', concat('event_id is ', toJSONString(substringUTF8(i.event_id, 1, 80)), ', allowed is a UUID')),
            if(good_user_id, '', concat('user_id is ', toJSONString(substringUTF8(i.user_id, 1, 80)), ', allowed is a UUID')),
            if(good_event_type, '', concat('event_type is ', toJSONString(substringUTF8(i.event_type, 1, 80)), ', allowed are 1 to 100 characters of [a-z][a-z0-9_]*')),
            if(good_timestamp, '', concat('timestamp is ', toString(i.timestamp), ', allowed are milliseconds from 1970 to 2099')),
            if(good_received_at, '', concat('received_at is ', toString(i.received_at), ', allowed are milliseconds from 1970 to 2099')),
            if(good_texts, '', 'a text is not UTF-8'),
            if(good_watch_time_seconds, '', concat('properties.watch_time_seconds is ', toString(i.watch_time_seconds), ', allowed is a finite number')),
            if(good_duration_seconds, '', concat('properties.duration_seconds is ', toString(i.duration_seconds), ', allowed is a finite number')),
            if(good_amount, '', concat('properties.amount is ', toString(i.amount), ', allowed are 12 digits before the point')),
            if(good_extra, '', concat('properties.extra is ', toJSONString(substringUTF8(i.extra, 1, 80)), ', allowed is an object of JSON')),
            if(flat_extra, '', concat('properties.extra is ', toJSONString(substringUTF8(i.extra, 1, 80)), ', allowed are strings, numbers and booleans'))
        ]), '; '),
        i._error
    ) AS _error,
    multiIf(
        valid, '',
        decoded, toJSONString(CAST(
            tuple(i.event_id, i.event_type, i.user_id, i.session_id, i.content_id, i.timestamp, i.received_at, i.device, i.country, i.url, i.referrer, i.watch_time_seconds, i.duration_seconds, i.order_id, i.amount, i.currency, i.experiment_key, i.variant, i.extra),
            'Tuple(event_id String, event_type String, user_id String, session_id Nullable(String), content_id Nullable(String), timestamp Int64, received_at Nullable(Int64), device Nullable(String), country Nullable(String), url Nullable(String), referrer Nullable(String), watch_time_seconds Nullable(Float64), duration_seconds Nullable(Float64), order_id Nullable(String), amount Nullable(Decimal(18, 6)), currency Nullable(String), experiment_key Nullable(String), variant Nullable(String), extra Nullable(String))'
        )),
        i._raw_message
    ) AS _raw,
    multiIf(valid, '', decoded, 'record', 'message') AS _raw_form
FROM incoming_events AS i
SETTINGS input_format_try_infer_dates = 0, input_format_try_infer_datetimes = 0;

CREATE OR REPLACE TABLE kafka_events
(
    event_id String,
    event_type String,
    user_id String,
    session_id Nullable(String),
    content_id Nullable(String),
    timestamp Int64,
    received_at Nullable(Int64),
    `properties.device` Nullable(String),
    `properties.country` Nullable(String),
    `properties.url` Nullable(String),
    `properties.referrer` Nullable(String),
    `properties.watch_time_seconds` Nullable(Float64),
    `properties.duration_seconds` Nullable(Float64),
    `properties.order_id` Nullable(String),
    `properties.amount` Nullable(Decimal(18, 6)),
    `properties.currency` Nullable(String),
    `properties.experiment_key` Nullable(String),
    `properties.variant` Nullable(String),
    `properties.extra` Nullable(String)
)
ENGINE = Kafka
SETTINGS
    kafka_broker_list = {{kafka_brokers}},
    kafka_topic_list = 'events',
    kafka_group_name = 'clickhouse_events',
    kafka_format = 'AvroConfluent',
    format_avro_schema_registry_url = {{registry_url}},
    input_format_avro_allow_missing_fields = 1,
    -- Bad messages become rows with an error: they must neither stop the partition nor vanish.
    kafka_handle_error_mode = 'stream',
    kafka_num_consumers = {{kafka_consumers}},
    kafka_thread_per_consumer = 1,
    -- A block is written when it is full or this old: how fresh answers are against how many parts are written.
    kafka_max_block_size = 65536,
    kafka_poll_max_batch_size = 65536,
    kafka_flush_interval_ms = 500,
    kafka_poll_timeout_ms = 100;

ALTER TABLE events_mv MODIFY QUERY
SELECT
    event_id,
    event_type,
    user_id,
    session_id,
    content_id,
    timestamp,
    received_at,
    `properties.device` AS device,
    `properties.country` AS country,
    `properties.url` AS url,
    `properties.referrer` AS referrer,
    `properties.watch_time_seconds` AS watch_time_seconds,
    `properties.duration_seconds` AS duration_seconds,
    `properties.order_id` AS order_id,
    `properties.amount` AS amount,
    `properties.currency` AS currency,
    `properties.experiment_key` AS experiment_key,
    `properties.variant` AS variant,
    `properties.extra` AS extra,
    _topic,
    _partition,
    _offset,
    ifNull(_timestamp_ms, toDateTime64(0, 3)) AS _kafka_timestamp,
    _key,
    _error,
    _raw_message
FROM kafka_events;

CREATE OR REPLACE VIEW unique_events AS
SELECT * EXCEPT (_topic, _partition, _offset, _kafka_timestamp, inserted_at, _deleted)
FROM events FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;
