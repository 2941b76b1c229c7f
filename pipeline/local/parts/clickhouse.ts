import fs from 'node:fs';
import path from 'node:path';
import { projectPath } from '@suuupra/core';
import { nodeLaunch } from '../process/node.ts';
import { answers } from './http.ts';
import type { Part } from './part.ts';
import type { PartSetting } from './setting.ts';

/**
 * How the engine's Kafka consumers behave; the server of the compose file reads the same. A consumer that dies does not
 * leave its group: until its session is over, its partitions belong to a ghost and the next one waits.
 */
const CONSUMERS = projectPath('deploy/clickhouse/kafka.xml');

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
  const program = projectPath('pipeline/local/clickhouse-server/main.ts');
  return {
    name: 'clickhouse',
    summary: 'ClickHouse (embedded engine)',
    ports: [port],
    dependsOn: [],
    uses: ['kafka', 'registry'],
    async prepare() {
      await fs.promises.mkdir(dataDir, { recursive: true });
    },
    launch: () => {
      const listen = ['--host', '127.0.0.1', '--port', String(port)];
      const launch = nodeLaunch(config, program, ...listen, '--data', dataDir, '--config-file', CONSUMERS);
      return { ...launch, env: { ...launch.env, UV_THREADPOOL_SIZE: String(THREADS) } };
    },
    ready: () => answers(ping),
    healthy: () => answers(ping),
    stopSignal: 'SIGTERM',
    stopGraceMs: 20_000,
  };
}
