import * as v from 'valibot';
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
    schema: v.pipe(text, v.minLength(16, 'must have at least 16 characters')),
    default: { none: true },
    description:
      'Token that the HTTP API asks for (`Authorization: Bearer …`). Without one the API answers on loopback only.',
    secret: true,
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
