import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createWarehouse, type Warehouse } from '@suuupra/clickhouse';
import { loadConfig, projectPath } from '@suuupra/core';
import { type Preview } from '@suuupra/preview/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALERT_RULES } from '../../scripts/provision/alerts/files.ts';
import { isBeyond, provisionedRule, type AlertRule } from '../../scripts/provision/alerts/rule.ts';
import { openPreview } from '../preview.ts';

/** A database of its own with tables in the place of what the rules read, so that they can be filled at will. */
const DATABASE = 'alert_rules';
const config = loadConfig();
const { clickhouseDatabase: product } = config;

let warehouse: Warehouse;
let preview: Preview;
let provisioning: string;

const run = (sql: string): Promise<unknown> => warehouse.command(sql);

beforeAll(async () => {
  warehouse = createWarehouse({ ...config, clickhouseDatabase: 'default' });
  await run(`DROP DATABASE IF EXISTS ${DATABASE}`);
  await run(`CREATE DATABASE ${DATABASE}`);
  for (const table of ['events', 'dead_letters', 'real_time_metrics'])
    await run(`CREATE TABLE ${DATABASE}.${table} AS ${product}.${table}`);
  await run(`CREATE VIEW ${DATABASE}.unique_events AS SELECT * FROM ${DATABASE}.events FINAL`);
  for (const [table, columns] of Object.entries({
    completeness: 'complete_until DateTime64(3), lag UInt64',
    ledger_partitions: 'missing Int64',
    intake_partitions: 'newest_event DateTime64(3)',
    disks: 'unreserved_space UInt64, total_space UInt64',
    many_parts: 'n UInt64',
  }))
    await run(`CREATE TABLE ${DATABASE}.${table} (${columns}) ENGINE = MergeTree ORDER BY tuple()`);
  await run(`SYSTEM STOP MERGES ${DATABASE}.many_parts`);
  provisioning = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-alerts-'));
  fs.cpSync(projectPath('provisioning'), provisioning, { recursive: true });
  preview = await openPreview(provisioning, { SUUUPRA_CLICKHOUSE_DATABASE: DATABASE });
});

afterAll(async () => {
  await preview.stop();
  await run(`DROP DATABASE ${DATABASE}`);
  await warehouse.close();
  fs.rmSync(provisioning, { recursive: true });
});

interface Answer {
  readonly error?: string;
  readonly frames?: {
    readonly schema: { meta?: { type?: string }; fields: { type: string }[] };
    readonly data: { values: unknown[][] };
  }[];
}

/** Asks a rule's query as Grafana's alerting does: no variables, no user, the stored model. */
async function numbersOf(rule: AlertRule): Promise<number[]> {
  const [number] = provisionedRule(rule)['data'] as { model: Record<string, unknown> }[];
  // What the disks of this machine hold is nothing that a test should change.
  const rawSql = rule.rawSql.replace('system.disks', 'disks').replaceAll(`${product}.events`, 'events');
  const to = Date.now();
  const response = await fetch(`${preview.url}/api/ds/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', FromAlert: 'true' },
    body: JSON.stringify({
      queries: [{ ...number?.model, rawSql, intervalMs: 1000, maxDataPoints: 43_200 }],
      from: String(to - 1000 * (rule.rangeSeconds ?? 3600)),
      to: String(to),
    }),
  });
  const { results } = (await response.json()) as { results: Record<string, Answer> };
  const answer = results['NUMBER'];
  expect(answer?.error).toBeUndefined();
  return (answer?.frames ?? []).flatMap(({ schema, data }) => {
    expect(schema.meta?.type).toMatch(/^numeric-(wide|long)$/);
    return schema.fields.flatMap(({ type }, at) => (type === 'number' ? (data.values[at] as number[]) : []));
  });
}

const fires = async (rule: AlertRule): Promise<boolean> =>
  (await numbersOf(rule)).some((value) => isBeyond(rule, value));

const event = (fields: string, from: string): string =>
  `INSERT INTO ${DATABASE}.events (event_id, user_id, ${fields}) SELECT generateUUIDv4(), ${from}`;
const someone = (id: string): string => `reinterpretAsUUID(reverse(leftPad(toString(${id}), 16, '0')))`;

/** Visits of an hour ago on each day: `perDay` of them, `share` of which buy; today another share. */
const visits = (today: number): string[] =>
  ['page_view', 'purchase'].map((type) =>
    event(
      'event_type, session_id, timestamp, amount, inserted_at',
      `${someone('number')}, '${type}', toString(number), toStartOfHour(now64(3, 'UTC')) - INTERVAL 1 HOUR - toIntervalDay(number % 28), 10, now64(3)
       FROM numbers(28 * 300)
       WHERE '${type}' = 'page_view' OR intDiv(number, 28) < 300 * if(number % 28 = 0, ${String(today)}, 0.3)`,
    ),
  );
const complete = `INSERT INTO ${DATABASE}.completeness SELECT now64(3), 0`;

/** An experiment of 1,000 users, of whom a share is in the control; buyers by variant. */
const experiment = (control: number, buying: { control: number; treatment: number }): string[] => {
  const variant = `if(number < ${String(1000 * control)}, 'control', 'treatment')`;
  return [
    event(
      'event_type, timestamp, experiment_key, variant',
      `${someone('number')}, 'experiment_exposure', now64(3) - INTERVAL 2 DAY, 'checkout_redesign', ${variant} FROM numbers(1000)`,
    ),
    event(
      'event_type, timestamp, amount',
      `${someone('number')}, 'purchase', now64(3) - INTERVAL 36 HOUR, 10 FROM numbers(1000)
       WHERE number % 100 < 100 * if(${variant} = 'control', ${String(buying.control)}, ${String(buying.treatment)})`,
    ),
  ];
};

const refused = (count: number): string[] => [
  `INSERT INTO ${DATABASE}.dead_letters (topic, offset, reason, inserted_at) SELECT 'events', number, 'malformed_message', now64(3) FROM numbers(${String(count)})`,
  event('timestamp, inserted_at', `${someone('number')}, now64(3), now64(3) FROM numbers(1000)`),
];
const purchases = (lastHour: number): string[] => [
  complete,
  event(
    'event_type, timestamp, amount',
    `${someone('number')}, 'purchase', now64(3) - INTERVAL 10 MINUTE - toIntervalDay(number % 28), 10 FROM numbers(28 * 20)
     WHERE number % 28 > 0 OR intDiv(number, 28) < ${String(lastHour)}`,
  ),
];

/** For each rule, what makes it quiet and what makes it fire. */
const CASES: Readonly<Record<string, { quiet: readonly string[]; firing: readonly string[] }>> = {
  'numbers-stand-still': {
    quiet: [`INSERT INTO ${DATABASE}.completeness SELECT now64(3) - INTERVAL 200 SECOND, 0`],
    firing: [`INSERT INTO ${DATABASE}.completeness SELECT now64(3) - INTERVAL 400 SECOND, 0`],
  },
  'lag-grows': {
    quiet: [`INSERT INTO ${DATABASE}.completeness SELECT now64(3), 100000`],
    firing: [`INSERT INTO ${DATABASE}.completeness SELECT now64(3), 100001`],
  },
  'messages-refused': { quiet: refused(9), firing: refused(20) },
  'messages-missing': {
    quiet: [`INSERT INTO ${DATABASE}.ledger_partitions VALUES (0), (-3)`],
    firing: [`INSERT INTO ${DATABASE}.ledger_partitions VALUES (0), (1)`],
  },
  'live-metrics-stop': {
    quiet: [
      `INSERT INTO ${DATABASE}.intake_partitions SELECT now64(3)`,
      `INSERT INTO ${DATABASE}.real_time_metrics (timestamp, metric_name, metric_value) SELECT now64(3) - INTERVAL 120 SECOND, 'x', 1`,
    ],
    firing: [
      `INSERT INTO ${DATABASE}.intake_partitions SELECT now64(3)`,
      `INSERT INTO ${DATABASE}.real_time_metrics (timestamp, metric_name, metric_value) SELECT now64(3) - INTERVAL 700 SECOND, 'x', 1`,
    ],
  },
  'too-many-parts': {
    quiet: [`INSERT INTO ${DATABASE}.many_parts SELECT 1`],
    firing: [
      `INSERT INTO ${DATABASE}.many_parts SELECT number FROM numbers(501) SETTINGS max_block_size = 1, min_insert_block_size_rows = 1, min_insert_block_size_bytes = 1, max_insert_threads = 1`,
    ],
  },
  'disk-fills': {
    quiet: [`INSERT INTO ${DATABASE}.disks VALUES (11, 100), (90, 100)`],
    firing: [`INSERT INTO ${DATABASE}.disks VALUES (9, 100), (90, 100)`],
  },
  'conversion-drops': { quiet: [complete, ...visits(0.29)], firing: [complete, ...visits(0.12)] },
  'purchases-stop': { quiet: purchases(6), firing: purchases(2) },
  'experiment-split-broken': {
    quiet: experiment(0.5, { control: 0.5, treatment: 0.5 }),
    firing: experiment(0.7, { control: 0.5, treatment: 0.5 }),
  },
  'experiment-harms': {
    quiet: experiment(0.5, { control: 0.5, treatment: 0.51 }),
    firing: experiment(0.5, { control: 0.6, treatment: 0.2 }),
  },
};

async function filled(statements: readonly string[]): Promise<void> {
  const tables = ['events', 'dead_letters', 'real_time_metrics', 'completeness', 'ledger_partitions'];
  for (const table of [...tables, 'intake_partitions', 'disks', 'many_parts'])
    await run(`TRUNCATE TABLE ${DATABASE}.${table}`);
  for (const statement of statements) await run(statement);
}

describe('alert rules', () => {
  it('each has a case and a section of the runbook', () => {
    const names = ALERT_RULES.map(({ name }) => name);
    expect(Object.keys(CASES).sort()).toEqual([...names].sort());
    const runbook = fs.readFileSync(projectPath('docs/operations.md'), 'utf8');
    for (const name of names) expect(runbook).toContain(`<a id="${name}"></a>`);
  });

  it.each(ALERT_RULES.map((rule) => [rule.name, rule] as const))('%s is quiet under its line', async (name, rule) => {
    await filled(CASES[name]?.quiet ?? []);
    expect(await fires(rule)).toBe(false);
  });

  it.each(ALERT_RULES.map((rule) => [rule.name, rule] as const))('%s fires over its line', async (name, rule) => {
    await filled(CASES[name]?.firing ?? []);
    expect(await fires(rule)).toBe(true);
  });

  it.each(ALERT_RULES.map((rule) => [rule.name, rule] as const))('%s is no error without data', async (_name, rule) => {
    await filled([]);
    await numbersOf(rule);
  });
});
