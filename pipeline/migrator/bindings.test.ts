import { expect, test } from 'vitest';
import { withSettings } from './bindings.ts';

const statement = `CREATE TABLE k (\`kafka_broker_list = 1\` String COMMENT 'kafka_broker_list = \\'x\\'') ENGINE = Kafka
SETTINGS kafka_topic_list = 'events', kafka_broker_list = '127.0.0.1:9092', kafka_num_consumers = 12`;

test('values are replaced where they are settings, not where names, texts or comments look like them', () => {
  expect(withSettings(statement, { kafka_num_consumers: '3', kafka_broker_list: "'a:1,b:2'" })).toBe(
    statement.replace("'127.0.0.1:9092'", "'a:1,b:2'").replace('= 12', '= 3'),
  );
});

test('settings that the statement does not have change nothing', () => {
  expect(withSettings(statement, { format_avro_schema_registry_url: "'http://r'" })).toBe(statement);
});
