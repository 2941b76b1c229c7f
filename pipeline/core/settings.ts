import * as v from 'valibot';
import { apiTokensSchema, tokenSchema } from './api-tokens.ts';
import { PROJECT_ROOT } from './project.ts';

/** Where a value comes from when its variable is not set: a constant, or something derived (said in words). */
type Default = { value: string } | { derived: string } | { none: true };

export interface Setting<T> {
  readonly env: `SUUUPRA_${string}`;
  readonly schema: v.GenericSchema<string, T>;
  readonly description: string;
  readonly default: Default;
  readonly secret?: true;
}

const setting = <T>(entry: Setting<T>): Setting<T> => entry;

const text = v.pipe(v.string(), v.nonEmpty('must not be empty'));
const url = v.pipe(text, v.url('must be a URL such as http://127.0.0.1:8123'));
const integer = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d+$/, `must be a whole number from ${String(min)} to ${String(max)}`),
    v.transform(Number),
    v.minValue(min, `must be at least ${String(min)}`),
    v.maxValue(max, `must be at most ${String(max)}`),
  );
const list = v.pipe(
  text,
  v.transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  ),
);
/** Names of write keys show in logs and metrics; a name may stand twice while its key is being changed. */
const writeKeys = v.pipe(
  list,
  v.everyItem(
    (item) => /^[a-z][a-z0-9_-]{0,63}:[A-Za-z0-9_-]{16,128}$/.test(item),
    'must be NAME:KEY,… with keys of 16 to 128 letters, digits, - and _',
  ),
  v.mapItems((item) => {
    const [name = '', key = ''] = item.split(':');
    return { name, key };
  }),
);
const level = v.picklist(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);

/** Every variable that any process of this repository reads. docs/configuration.md is generated from this table. */
export const SETTINGS = {
  home: setting({
    env: 'SUUUPRA_HOME',
    schema: text,
    default: { derived: '`.suuupra/` in the project' },
    description: 'Directory of the local stack: data, logs, sockets. One stack per directory.',
  }),
  cacheDir: setting({
    env: 'SUUUPRA_CACHE',
    schema: text,
    default: { derived: '`.cache/` in the project' },
    description: 'Directory of downloaded artifacts (Kafka, Flink, registry); shared by all stacks of a checkout.',
  }),
  portBase: setting({
    env: 'SUUUPRA_PORT_BASE',
    schema: integer(1024, 65_500),
    default: { derived: 'the well-known port of each part' },
    description:
      'First of the consecutive ports: Kafka, registry, Flink, SQL Gateway, ClickHouse HTTP, API, collector, preview.',
  }),
  host: setting({
    env: 'SUUUPRA_HOST',
    schema: text,
    default: { value: '127.0.0.1' },
    description: 'Address that servers of ours listen on. Anything but loopback is your decision: put TLS before it.',
  }),
  logLevel: setting({
    env: 'SUUUPRA_LOG_LEVEL',
    schema: level,
    default: { value: 'info' },
    description: 'Least level that is logged.',
  }),
  kafkaBrokers: setting({
    env: 'SUUUPRA_KAFKA_BROKERS',
    schema: list,
    default: { derived: '127.0.0.1 and the Kafka port' },
    description: 'Kafka brokers as host:port, separated by commas, as clients of ours reach them.',
  }),
  kafkaBrokersInternal: setting({
    env: 'SUUUPRA_KAFKA_BROKERS_INTERNAL',
    schema: list,
    default: { derived: 'SUUUPRA_KAFKA_BROKERS' },
    description: 'Kafka brokers as ClickHouse and Flink reach them, where that differs (containers).',
  }),
  registryUrl: setting({
    env: 'SUUUPRA_REGISTRY_URL',
    schema: url,
    default: { derived: '`/apis/ccompat/v7` on the registry port' },
    description: 'Confluent-compatible API of the schema registry.',
  }),
  registryUrlInternal: setting({
    env: 'SUUUPRA_REGISTRY_URL_INTERNAL',
    schema: url,
    default: { derived: 'SUUUPRA_REGISTRY_URL' },
    description: 'The schema registry as ClickHouse and Flink reach it, where that differs (containers).',
  }),
  flinkUrl: setting({
    env: 'SUUUPRA_FLINK_URL',
    schema: url,
    default: { derived: '127.0.0.1 and the Flink port' },
    description: 'REST API of the Flink JobManager.',
  }),
  sqlGatewayUrl: setting({
    env: 'SUUUPRA_SQL_GATEWAY_URL',
    schema: url,
    default: { derived: '127.0.0.1 and the SQL Gateway port' },
    description: 'REST API of the Flink SQL Gateway.',
  }),
  clickhouseUrl: setting({
    env: 'SUUUPRA_CLICKHOUSE_URL',
    schema: url,
    default: { derived: '127.0.0.1 and the ClickHouse port' },
    description: 'HTTP interface of ClickHouse.',
  }),
  clickhouseUser: setting({
    env: 'SUUUPRA_CLICKHOUSE_USER',
    schema: text,
    default: { value: 'default' },
    description: 'User of ClickHouse.',
  }),
  clickhousePassword: setting({
    env: 'SUUUPRA_CLICKHOUSE_PASSWORD',
    schema: v.string(),
    default: { value: '' },
    description: 'Password of that user.',
    secret: true,
  }),
  clickhouseDatabase: setting({
    env: 'SUUUPRA_CLICKHOUSE_DATABASE',
    schema: v.pipe(text, v.regex(/^[a-z][a-z0-9_]*$/, 'must be a lower-case identifier')),
    default: { value: 'analytics' },
    description: 'Database that holds the tables.',
  }),
  queryTimeoutSeconds: setting({
    env: 'SUUUPRA_QUERY_TIMEOUT_SECONDS',
    schema: integer(1, 86_400),
    default: { value: '60' },
    description: 'Longest time an analysis may run in ClickHouse.',
  }),
  queryMaxRows: setting({
    env: 'SUUUPRA_QUERY_MAX_ROWS',
    schema: integer(1, 10_000_000),
    default: { value: '100000' },
    description: 'Most rows of one answer; an answer that is cut says `truncated`.',
  }),
  queryMaxRowsRead: setting({
    env: 'SUUUPRA_QUERY_MAX_ROWS_READ',
    schema: integer(0, Number.MAX_SAFE_INTEGER),
    default: { value: '0' },
    description: 'Most rows that ClickHouse may read for one analysis; one that needs more is refused. 0: no limit.',
  }),
  queryMaxBytesRead: setting({
    env: 'SUUUPRA_QUERY_MAX_BYTES_READ',
    schema: integer(0, Number.MAX_SAFE_INTEGER),
    default: { value: '0' },
    description: 'The same in bytes.',
  }),
  eventPartitions: setting({
    env: 'SUUUPRA_EVENT_PARTITIONS',
    schema: integer(1, 1024),
    default: { value: '2' },
    description: 'Partitions of a topic of events when it is created.',
  }),
  clickhouseConsumers: setting({
    env: 'SUUUPRA_CLICKHOUSE_CONSUMERS',
    schema: integer(1, 256),
    default: { value: '1' },
    description: 'Consumers that ClickHouse runs per topic of events: at most one per partition and per core.',
  }),
  apiUrl: setting({
    env: 'SUUUPRA_API_URL',
    schema: url,
    default: { derived: '127.0.0.1 and the API port' },
    description: 'Address of the HTTP API, as it is shown to people.',
  }),
  apiToken: setting({
    env: 'SUUUPRA_API_TOKEN',
    schema: tokenSchema,
    default: { none: true },
    description:
      'Token that the HTTP API asks for (`Authorization: Bearer …`), with all scopes. Without any token the API answers on loopback only.',
    secret: true,
  }),
  apiTokens: setting({
    env: 'SUUUPRA_API_TOKENS',
    schema: apiTokensSchema,
    default: { none: true },
    description:
      'Tokens of the HTTP API with scopes and limits, as JSON: `[{"name": "grafana", "token": "…", "scopes": ["read"]}]`; scopes are `read`, `save`, `operate`, limits `requests_per_minute`, `max_rows_read`, `max_bytes_read`, `max_seconds`.',
    secret: true,
  }),
  apiRequestsPerMinute: setting({
    env: 'SUUUPRA_API_REQUESTS_PER_MINUTE',
    schema: integer(1, 1_000_000),
    default: { value: '600' },
    description: 'Requests that the HTTP API takes per minute and token, where the token says nothing else.',
  }),
  collectorWriteKeys: setting({
    env: 'SUUUPRA_COLLECTOR_WRITE_KEYS',
    schema: writeKeys,
    default: { none: true },
    description:
      'Who may send events to the collector, as `NAME:KEY` separated by commas. Without keys it takes events from this machine only.',
    secret: true,
  }),
  collectorOrigins: setting({
    env: 'SUUUPRA_COLLECTOR_ORIGINS',
    schema: v.pipe(
      list,
      v.everyItem(
        (item) => /^https?:\/\/[^/*?#]+$/.test(item),
        'must be origins such as https://shop.example, separated by commas',
      ),
    ),
    default: { none: true },
    description: 'Origins of the web pages that may send events, separated by commas. Without them no page may.',
  }),
  collectorEventsPerSecond: setting({
    env: 'SUUUPRA_COLLECTOR_EVENTS_PER_SECOND',
    schema: integer(1, 1_000_000),
    default: { value: '20000' },
    description: 'Events per second that the collector takes of each write key; bursts of two seconds are let through.',
  }),
  collectorMaxBodyBytes: setting({
    env: 'SUUUPRA_COLLECTOR_MAX_BODY_BYTES',
    schema: integer(1024, 16_777_216),
    default: { value: '1048576' },
    description: 'Longest body of a request to the collector in bytes, before and after it is decompressed.',
  }),
  collectorMaxBatchEvents: setting({
    env: 'SUUUPRA_COLLECTOR_MAX_BATCH_EVENTS',
    schema: integer(1, 10_000),
    default: { value: '1000' },
    description: 'Most events of one request to the collector.',
  }),
  collectorMaxEventBytes: setting({
    env: 'SUUUPRA_COLLECTOR_MAX_EVENT_BYTES',
    schema: integer(256, 1_048_576),
    default: { value: '65536' },
    description: 'Longest event that the collector takes, in bytes of JSON.',
  }),
  collectorMaxFutureSeconds: setting({
    env: 'SUUUPRA_COLLECTOR_MAX_FUTURE_SECONDS',
    schema: integer(0, 31_536_000),
    default: { value: '3600' },
    description: 'How far ahead of the clock of the collector an event may be dated.',
  }),
  collectorTimeoutSeconds: setting({
    env: 'SUUUPRA_COLLECTOR_TIMEOUT_SECONDS',
    schema: integer(1, 60),
    default: { value: '5' },
    description: 'How long the collector waits until Kafka has stored the events of a request before it answers 503.',
  }),
  collectorPiiDrop: setting({
    env: 'SUUUPRA_COLLECTOR_PII_DROP',
    schema: list,
    default: { none: true },
    description: 'Properties with personal data that the collector leaves out, separated by commas.',
  }),
  collectorPiiHash: setting({
    env: 'SUUUPRA_COLLECTOR_PII_HASH',
    schema: list,
    default: { none: true },
    description:
      'Properties with personal data that the collector replaces by their HMAC-SHA-256, separated by commas.',
  }),
  collectorPiiSecret: setting({
    env: 'SUUUPRA_COLLECTOR_PII_SECRET',
    schema: v.pipe(text, v.minLength(32, 'must have at least 32 characters')),
    default: { none: true },
    description:
      'Secret of those hashes. Whoever has it can try out values; with another one old and new hashes differ.',
    secret: true,
  }),
  alertEmail: setting({
    env: 'SUUUPRA_ALERT_EMAIL',
    schema: text,
    default: { value: 'on-call@example.com' },
    description: 'Who is told of alerts: the address in provisioning/alerting, for the environment of Grafana.',
  }),
  testStack: setting({
    env: 'SUUUPRA_TEST_STACK',
    schema: text,
    default: { none: true },
    description: 'Home of a running stack that the tests use instead of one that they start and delete.',
  }),
} as const;

export type SettingKey = keyof typeof SETTINGS;

/** Where relative paths of the configuration start. */
export const CONFIG_BASE = PROJECT_ROOT;
