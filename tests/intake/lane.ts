import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createWarehouse, type Warehouse } from '@suuupra/clickhouse';
import { projectPath, type Config } from '@suuupra/core';
import { withAdmin } from '@suuupra/producer';
import { config as shared } from './support.ts';

/** A database and a topic of its own beside those of the stack, made from the same files. */
export interface Lane {
  readonly config: Config;
  readonly topic: string;
  readonly warehouse: Warehouse;
  /** A copy of sql/ for `migrate`, which reads this topic; a test may add to it. */
  readonly sql: string;
  close(): Promise<void>;
}

export async function openLane(changes: Partial<Config> = {}): Promise<Lane> {
  const topic = `lane_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const config: Config = { ...shared, clickhouseDatabase: topic, ...changes };
  const sql = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-sql-'));
  fs.cpSync(projectPath('sql'), sql, { recursive: true });
  readFrom(topic, path.join(sql, 'migrations'));
  await withAdmin(config, (admin) =>
    admin.createTopics({ topics: [{ topic, numPartitions: 2 }], waitForLeaders: true }),
  );
  const warehouse = createWarehouse(config);
  return {
    config,
    topic,
    warehouse,
    sql,
    async close() {
      await warehouse.close();
      const server = createWarehouse(config, 'default');
      await server.command(`DROP DATABASE IF EXISTS ${topic} SYNC`);
      await server.close();
      await withAdmin(config, (admin) => admin.deleteTopics({ topics: [topic] }));
      fs.rmSync(sql, { recursive: true });
    },
  };
}

/** Gives the Kafka tables of a copy groups of their own, so that they take nothing from the stack's. */
export function readFrom(topic: string, migrations: string): void {
  for (const name of fs.readdirSync(migrations)) {
    const file = path.join(migrations, name);
    const text = fs
      .readFileSync(file, 'utf8')
      .replace("kafka_topic_list = 'events',", `kafka_topic_list = '${topic}',`)
      .replace("kafka_group_name = 'clickhouse_events',", `kafka_group_name = 'clickhouse_${topic}',`)
      .replace(/kafka_group_name = 'clickhouse_(?!lane)/g, `kafka_group_name = '${topic}_`);
    fs.writeFileSync(file, text);
  }
}
