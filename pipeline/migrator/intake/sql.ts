import { checks } from './checks.ts';
import type { PropertyColumn } from './columns.ts';

const INDENT = '    ';
const lines = (items: readonly string[], indent = INDENT): string => items.map((item) => indent + item).join(',\n');

/** Where a message was, and what the engine says when it could not decode it. */
const ORIGIN = [
  '_topic LowCardinality(String)',
  '_partition UInt64',
  '_offset UInt64',
  "_kafka_timestamp DateTime64(3, 'UTC')",
  '_key String',
];
const ORIGIN_NAMES = ['_topic', '_partition', '_offset', '_kafka_timestamp', '_key'];

const FIELDS = [
  'event_id String',
  'event_type String',
  'user_id String',
  'session_id Nullable(String)',
  'content_id Nullable(String)',
  'timestamp Int64',
  'received_at Nullable(Int64)',
];
const FIELD_NAMES = FIELDS.map((field) => field.slice(0, field.indexOf(' ')));

/** Columns of `incoming_events`: a message as it was decoded, not checked. */
export const incomingColumns = (properties: readonly PropertyColumn[]): string[] => [
  ...FIELDS,
  ...properties.map(({ name, decodedType }) => `${name} ${decodedType}`),
  'extra Nullable(String)',
  ...ORIGIN,
  '_error String',
  '_raw_message String',
];

/** Columns of `checked_events`: those of `events`, and the verdict. */
export const checkedColumns = (properties: readonly PropertyColumn[]): string[] => [
  'event_id UUID',
  'event_type String',
  'user_id UUID',
  'session_id Nullable(String)',
  'content_id Nullable(String)',
  "timestamp DateTime64(3, 'UTC')",
  "received_at Nullable(DateTime64(3, 'UTC'))",
  ...properties.map(({ name, decodedType }) => `${name} ${decodedType}`),
  'properties JSON',
  ...ORIGIN,
  '_reason LowCardinality(String)',
  '_error String',
  '_raw String',
  '_raw_form LowCardinality(String)',
];

/** The table that reads the topic `events`. What is not in a message, such as a property newer than its writer, is NULL. */
export const kafkaTable = (properties: readonly PropertyColumn[]): string => `kafka_events
(
${lines([...FIELDS, ...properties.map(({ name, decodedType }) => `\`properties.${name}\` ${decodedType}`), '`properties.extra` Nullable(String)'])}
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
    kafka_poll_timeout_ms = 100`;

/** The query of `events_mv`. */
export const decodedQuery = (properties: readonly PropertyColumn[]): string => `SELECT
${lines([
  ...FIELD_NAMES,
  ...properties.map(({ name }) => `\`properties.${name}\` AS ${name}`),
  '`properties.extra` AS extra',
  '_topic',
  '_partition',
  '_offset',
  'ifNull(_timestamp_ms, toDateTime64(0, 3)) AS _kafka_timestamp',
  '_key',
  '_error',
  '_raw_message',
])}
FROM kafka_events`;

/** The query of `checked_events_mv`: the contract's rules in SQL, and the values in the types of `events`. */
export function checkedQuery(properties: readonly PropertyColumn[]): string {
  const rules = checks(properties);
  const record = ['event_id String', 'event_type String', 'user_id String', ...FIELDS.slice(3)].concat(
    properties.map(({ name, decodedType }) => `${name} ${decodedType}`),
    'extra Nullable(String)',
  );
  const recordNames = record.map((column) => `i.${column.slice(0, column.indexOf(' '))}`);
  return `WITH
    i._error = '' AS decoded,
${rules.map(({ name, holds }) => `    ${holds} AS ${name}`).join(',\n')},
    decoded AND ${rules.map(({ name }) => name).join(' AND ')} AS valid
SELECT
    toUUIDOrZero(i.event_id) AS event_id,
    i.event_type AS event_type,
    toUUIDOrZero(i.user_id) AS user_id,
    i.session_id AS session_id,
    i.content_id AS content_id,
    fromUnixTimestamp64Milli(if(valid, i.timestamp, 0), 'UTC') AS timestamp,
    fromUnixTimestamp64Milli(if(valid, i.received_at, NULL), 'UTC') AS received_at,
${lines(properties.map(({ name }) => `i.${name} AS ${name}`))},
    assumeNotNull(accurateCastOrNull(if(valid, ifNull(i.extra, '{}'), '{}'), 'JSON')) AS properties,
${lines(ORIGIN_NAMES.map((name) => `i.${name} AS ${name}`))},
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
${rules.map(({ name, fault }) => `            if(${name}, '', ${fault})`).join(',\n')}
        ]), '; '),
        i._error
    ) AS _error,
    multiIf(
        valid, '',
        decoded, toJSONString(CAST(
            tuple(${recordNames.join(', ')}),
            'Tuple(${record.join(', ')})'
        )),
        i._raw_message
    ) AS _raw,
    multiIf(valid, '', decoded, 'record', 'message') AS _raw_form
FROM incoming_events AS i
SETTINGS input_format_try_infer_dates = 0, input_format_try_infer_datetimes = 0`;
}

/** The query of `accepted_events_mv`. */
export const acceptedQuery = (properties: readonly PropertyColumn[]): string => `SELECT
${lines([...FIELD_NAMES, ...properties.map(({ name }) => name), 'properties', ...ORIGIN_NAMES.slice(0, 4)])}
FROM checked_events
WHERE _reason = ''`;

/** The query of `refused_events_mv`. */
export const refusedQuery = `SELECT
    _topic AS topic,
    _partition AS partition,
    _offset AS offset,
    _kafka_timestamp AS kafka_timestamp,
    _reason AS reason,
    _error AS error,
    _raw AS raw,
    _raw_form AS raw_form,
    _key AS message_key
FROM checked_events
WHERE _reason != ''`;
