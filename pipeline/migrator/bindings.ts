import type { Warehouse } from '@suuupra/clickhouse';
import { CLICKHOUSE_SQL, sqlTokens } from '@suuupra/core';
import { placeholders, type RenderConfig } from './render.ts';

/** The settings of Kafka tables that follow the configuration, by the placeholder that filled them. */
const BOUND: Readonly<Record<string, string>> = {
  kafka_broker_list: 'kafka_brokers',
  format_avro_schema_registry_url: 'registry_url',
  kafka_num_consumers: 'kafka_consumers',
};

/** Stands for every character of a string, name or comment in a masked statement. */
const MASK = '\u0000';

/** A statement with the values of settings replaced, which are found as `name = value` outside strings and comments. */
export function withSettings(statement: string, values: Readonly<Record<string, string>>): string {
  const masked = [...sqlTokens(statement, CLICKHOUSE_SQL)]
    .map(({ kind, text }) => (kind === 'quoted' || kind === 'comment' ? MASK.repeat(text.length) : text))
    .join('');
  const replacements = Object.entries(values)
    .flatMap(([name, value]) => {
      const match = new RegExp(`\\b${name}\\s*=\\s*(${MASK}+|\\w+)`, 'd').exec(masked);
      const [from, to] = match?.indices?.[1] ?? [];
      return from === undefined || to === undefined ? [] : [{ from, to, value }];
    })
    .sort((a, b) => b.from - a.from);
  return replacements.reduce((text, { from, to, value }) => text.slice(0, from) + value + text.slice(to), statement);
}

/**
 * Points the Kafka tables to the configured brokers and registry where they were created with others, such as when the
 * stack has moved to other ports. Their views stay attached, and reading goes on where the consumer group stands.
 * @returns the tables that were replaced
 */
export async function rebindKafkaTables(warehouse: Warehouse, config: RenderConfig): Promise<readonly string[]> {
  const tables = await warehouse.rows<{ name: string; statement: string }>(
    `SELECT name, create_table_query AS statement FROM system.tables
     WHERE database = {database:String} AND engine = 'Kafka' ORDER BY name`,
    { params: { database: warehouse.database } },
  );
  const filled = placeholders(config);
  const values = Object.fromEntries(Object.entries(BOUND).map(([setting, name]) => [setting, filled[name] ?? '']));
  const rebound: string[] = [];
  for (const { name, statement } of tables) {
    const wanted = withSettings(statement, values);
    if (wanted === statement) continue;
    await warehouse.command(wanted.replace(/^CREATE TABLE/, 'CREATE OR REPLACE TABLE'));
    rebound.push(name);
  }
  return rebound;
}
