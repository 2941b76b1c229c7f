import fs from 'node:fs';
import path from 'node:path';
import { projectPath } from '@suuupra/core';
import { nodeLaunch } from '../process/node.ts';
import { answers } from './http.ts';
import type { Part } from './part.ts';
import type { PartSetting } from './setting.ts';

/**
 * Configuration of the engine's Kafka consumers. A consumer that dies does not leave its group: until the session is
 * over, its partitions belong to a ghost and the next one waits. Six seconds is the least that brokers allow.
 */
export const clickhouseConfigXml = `<clickhouse>
  <kafka>
    <session_timeout_ms>6000</session_timeout_ms>
    <heartbeat_interval_ms>1000</heartbeat_interval_ms>
    <fetch_wait_max_ms>100</fetch_wait_max_ms>
    <statistics_interval_ms>1000</statistics_interval_ms>
  </kafka>
</clickhouse>
`;

/**
 * Threads of Node's pool, of which every running query holds one. It is read when the pool is first used, which a
 * module loader does before any line of the server runs, so only the environment can say it.
 */
const THREADS = 96;

/** ClickHouse's engine behind its HTTP protocol, in a process of its own. */
export function clickhousePart({ config, paths }: PartSetting): Part {
  const port = config.ports.clickhouse;
  const ping = `http://127.0.0.1:${String(port)}/ping`;
  const dataDir = path.join(paths.data, 'clickhouse');
  const configFile = path.join(paths.conf, 'clickhouse.xml');
  const program = projectPath('pipeline/local/clickhouse-server/main.ts');
  return {
    name: 'clickhouse',
    summary: 'ClickHouse (embedded engine)',
    ports: [port],
    dependsOn: [],
    uses: ['kafka', 'registry'],
    async prepare() {
      await fs.promises.mkdir(dataDir, { recursive: true });
      await fs.promises.writeFile(configFile, clickhouseConfigXml);
    },
    launch: () => {
      const listen = ['--host', '127.0.0.1', '--port', String(port)];
      const launch = nodeLaunch(config, program, ...listen, '--data', dataDir, '--config-file', configFile);
      return { ...launch, env: { ...launch.env, UV_THREADPOOL_SIZE: String(THREADS) } };
    },
    ready: () => answers(ping),
    healthy: () => answers(ping),
    stopSignal: 'SIGTERM',
    stopGraceMs: 20_000,
  };
}
