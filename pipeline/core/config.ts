import fs from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import type { ApiToken } from './api-tokens.ts';
import { SuuupraError } from './errors.ts';
import { portsFrom, type Ports } from './ports.ts';
import { CONFIG_BASE, SETTINGS, type SettingKey } from './settings.ts';

/** Who may send events to the collector. */
export interface WriteKey {
  readonly name: string;
  readonly key: string;
}

export interface Config {
  readonly home: string;
  readonly cacheDir: string;
  readonly portBase: number | undefined;
  readonly ports: Ports;
  readonly host: string;
  readonly logLevel: string;
  readonly kafkaBrokers: readonly string[];
  readonly kafkaBrokersInternal: readonly string[];
  readonly registryUrl: string;
  readonly registryUrlInternal: string;
  readonly flinkUrl: string;
  readonly sqlGatewayUrl: string;
  readonly clickhouseUrl: string;
  readonly clickhouseUser: string;
  readonly clickhousePassword: string;
  readonly clickhouseDatabase: string;
  readonly queryTimeoutSeconds: number;
  readonly queryMaxRows: number;
  readonly queryMaxRowsRead: number;
  readonly queryMaxBytesRead: number;
  readonly eventPartitions: number;
  readonly clickhouseConsumers: number;
  readonly apiUrl: string;
  readonly apiToken: string | undefined;
  readonly apiTokens: readonly ApiToken[];
  readonly apiRequestsPerMinute: number;
  readonly collectorWriteKeys: readonly WriteKey[];
  readonly collectorOrigins: readonly string[];
  readonly collectorEventsPerSecond: number;
  readonly collectorMaxBodyBytes: number;
  readonly collectorMaxBatchEvents: number;
  readonly collectorMaxEventBytes: number;
  readonly collectorMaxFutureSeconds: number;
  readonly collectorTimeoutSeconds: number;
  readonly collectorPiiDrop: readonly string[];
  readonly collectorPiiHash: readonly string[];
  readonly collectorPiiSecret: string | undefined;
  /** Who is told of alerts. */
  readonly alertEmail: string;
  readonly testStack: string | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a command line may say; it goes before the environment. */
export interface Overrides {
  readonly home?: string | undefined;
  readonly portBase?: number | undefined;
}

/** The file in which a stack notes the ports it runs on, so that commands find it by its home alone. */
export const stackFile = (home: string): string => path.join(home, 'stack.json');

function notedPortBase(home: string): number | undefined {
  let noted: unknown;
  try {
    noted = JSON.parse(fs.readFileSync(stackFile(home), 'utf8'));
  } catch {
    return undefined; // no stack has run here yet, or its note is torn: the defaults hold
  }
  const base = (noted as { portBase?: unknown } | null)?.portBase;
  return typeof base === 'number' ? base : undefined;
}

type Parsed = { [K in SettingKey]: v.InferOutput<(typeof SETTINGS)[K]['schema']> | undefined };

function parse(env: Environment): Parsed {
  const faults: string[] = [];
  const parsed: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(SETTINGS)) {
    const raw = env[entry.env] ?? ('value' in entry.default ? entry.default.value : undefined);
    if (raw === undefined) continue;
    const result = v.safeParse(entry.schema, raw);
    if (result.success) parsed[key] = result.output;
    else {
      const shown = 'secret' in entry ? '(hidden)' : JSON.stringify(raw);
      faults.push(`${entry.env} is ${shown}: ${result.issues[0].message}`);
    }
  }
  const known = new Set<string>(Object.values(SETTINGS).map((entry) => entry.env));
  for (const name of Object.keys(env))
    if (name.startsWith('SUUUPRA_') && !known.has(name)) faults.push(`${name} is not a variable of this program`);
  if (faults.length > 0)
    throw new SuuupraError('config_invalid', `Configuration: ${faults.join('; ')}`, { details: { faults } });
  return parsed as Parsed;
}

/**
 * Reads the configuration once. All faults are reported together.
 * @param env the environment variables
 * @param overrides what the command line said
 * @throws SuuupraError config_invalid
 */
export function loadConfig(env: Environment = process.env, overrides: Overrides = {}): Config {
  const parsed = parse(env);
  const home = path.resolve(CONFIG_BASE, overrides.home ?? parsed.home ?? '.suuupra');
  const portBase = overrides.portBase ?? parsed.portBase ?? notedPortBase(home);
  const ports = portsFrom(portBase);
  const at = (port: number): string => `http://127.0.0.1:${String(port)}`;
  const kafkaBrokers = parsed.kafkaBrokers ?? [`127.0.0.1:${String(ports.kafka)}`];
  const registryUrl = parsed.registryUrl ?? `${at(ports.registry)}/apis/ccompat/v7`;
  return Object.freeze({
    home,
    cacheDir: path.resolve(CONFIG_BASE, parsed.cacheDir ?? '.cache'),
    portBase,
    ports,
    host: parsed.host as string,
    logLevel: parsed.logLevel as string,
    kafkaBrokers,
    kafkaBrokersInternal: parsed.kafkaBrokersInternal ?? kafkaBrokers,
    registryUrl,
    registryUrlInternal: parsed.registryUrlInternal ?? registryUrl,
    flinkUrl: parsed.flinkUrl ?? at(ports.flink),
    sqlGatewayUrl: parsed.sqlGatewayUrl ?? at(ports.sqlGateway),
    clickhouseUrl: parsed.clickhouseUrl ?? at(ports.clickhouse),
    clickhouseUser: parsed.clickhouseUser as string,
    clickhousePassword: parsed.clickhousePassword as string,
    clickhouseDatabase: parsed.clickhouseDatabase as string,
    queryTimeoutSeconds: parsed.queryTimeoutSeconds as number,
    queryMaxRows: parsed.queryMaxRows as number,
    queryMaxRowsRead: parsed.queryMaxRowsRead as number,
    queryMaxBytesRead: parsed.queryMaxBytesRead as number,
    eventPartitions: parsed.eventPartitions as number,
    clickhouseConsumers: parsed.clickhouseConsumers as number,
    apiUrl: parsed.apiUrl ?? at(ports.api),
    apiToken: parsed.apiToken,
    apiTokens: parsed.apiTokens ?? [],
    apiRequestsPerMinute: parsed.apiRequestsPerMinute as number,
    collectorWriteKeys: parsed.collectorWriteKeys ?? [],
    collectorOrigins: parsed.collectorOrigins ?? [],
    collectorEventsPerSecond: parsed.collectorEventsPerSecond as number,
    collectorMaxBodyBytes: parsed.collectorMaxBodyBytes as number,
    collectorMaxBatchEvents: parsed.collectorMaxBatchEvents as number,
    collectorMaxEventBytes: parsed.collectorMaxEventBytes as number,
    collectorMaxFutureSeconds: parsed.collectorMaxFutureSeconds as number,
    collectorTimeoutSeconds: parsed.collectorTimeoutSeconds as number,
    collectorPiiDrop: parsed.collectorPiiDrop ?? [],
    collectorPiiHash: parsed.collectorPiiHash ?? [],
    collectorPiiSecret: parsed.collectorPiiSecret,
    alertEmail: parsed.alertEmail as string,
    testStack: parsed.testStack,
  });
}
