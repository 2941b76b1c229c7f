import { CLICKHOUSE_SQL, SuuupraError, sqlTokens, type Config } from '@suuupra/core';

export type RenderConfig = Pick<Config, 'kafkaBrokersInternal' | 'registryUrlInternal' | 'clickhouseConsumers'>;

/** A text as a literal of ClickHouse's SQL. */
export const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** What `{{name}}` in a file of sql/ stands for. Values are literals, so a value can never become SQL. */
export const placeholders = (config: RenderConfig): Readonly<Record<string, string>> => ({
  kafka_brokers: literal(config.kafkaBrokersInternal.join(',')),
  registry_url: literal(config.registryUrlInternal),
  kafka_consumers: String(config.clickhouseConsumers),
});

/**
 * A statement without its comments and with its placeholders filled in. Inside strings and quoted names `{{` is text.
 * @throws SuuupraError input_invalid where a placeholder is unknown
 */
export function render(statement: string, values: Readonly<Record<string, string>>): string {
  let sql = '';
  let code = '';
  const fill = (): void => {
    sql += code.replace(/\{\{(\w*)\}\}/g, (_all, name: string) => {
      const value = values[name];
      if (value !== undefined) return value;
      const known = Object.keys(values).join(', ');
      throw new SuuupraError('input_invalid', `SQL: the placeholder {{${name}}} is unknown, known are ${known}`);
    });
    code = '';
  };
  for (const { kind, text } of sqlTokens(statement, CLICKHOUSE_SQL)) {
    if (kind === 'quoted') {
      fill();
      sql += text;
    } else code += kind === 'comment' ? ' ' : text;
  }
  fill();
  return sql.trim();
}
