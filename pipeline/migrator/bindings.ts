import type { Warehouse } from '@suuupra/clickhouse';
import { CLICKHOUSE_SQL, sqlTokens } from '@suuupra/core';
import { placeholders, type RenderConfig } from './render.ts';

/** The settings of Kafka tables that follow the configuration, by the placeholder that filled them. */
const BOUND: Readonly<Record<string, string>> = {
  kafka_broker_list: 'kafka_brokers',
  format_avro_schema_registry_url: 'registry_url',
  kafka_num_consumers: 'kafka_consumers',
};

/** A statement with the values of settings replaced; they are found as `name = value` outside strings and comments. */
export function withSettings(statement: string, values: Readonly<Record<string, string>>): string {
  const tokens = [...sqlTokens(statement, CLICKHOUSE_SQL)];
  let word = '';
  let setting: string | undefined;
  let result = '';
  for (const { kind, text } of tokens) {
    const isWord = kind === 'other' && /\w/.test(text);
    if (setting !== undefined && (kind === 'quoted' || isWord)) {
      // The first token of the value stands for all of it; further characters of a number are dropped below.
      result += values[setting] ?? text;
      word = kind === 'quoted' ? '' : 'value';
      setting = undefined;
    } else if (word === 'value' && isWord) continue;
    else {
      if (isWord) word += text;
      else if (kind === 'other' && text === '=' && values[word] !== undefined) setting = word;
      else if (kind !== 'space') word = '';
      else if (word === 'value') word = '';
      result += text;
    }
  }
  return result;
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
