import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {
  FLINK_JAVA_OPTIONS,
  TASKMANAGER_DIRECT,
  TASKMANAGER_HEAP,
  TASKMANAGER_METASPACE,
  flinkConfig,
} from './flink-config.ts';
import { answers, get } from './http.ts';
import { commonJavaOptions, emptyDirectory, jarsOf, javaProgram } from './java.ts';
import type { Part } from './part.ts';
import type { PartSetting } from './setting.ts';

/** A JVM that plans and coordinates but moves no data is never busy long enough to gain from the second compiler. */
const COORDINATES_ONLY = '-XX:TieredStopAtLevel=1';

/** A process of Flink, from its jars alone: its distribution and its scripts are not needed. */
interface FlinkProcess {
  readonly name: string;
  readonly heap: readonly string[];
  readonly main: string;
  /** @param confDir its configuration directory */
  readonly args: (confDir: string) => readonly string[];
}

/** JobManager, TaskManager and SQL Gateway. */
export function flinkParts(setting: PartSetting): Part[] {
  const { config, paths, artifacts, inner, log4jFile } = setting;
  const rest = `http://127.0.0.1:${String(config.ports.flink)}`;
  const gateway = `http://127.0.0.1:${String(config.ports.sqlGateway)}`;
  const dataDir = path.join(paths.data, 'flink');

  /** What the three have in common. Each has a configuration directory of its own, for its own temporary files. */
  function base({ name, heap, main, args }: FlinkProcess): Pick<Part, 'name' | 'prepare' | 'launch' | 'stopSignal'> {
    const temporary = path.join(paths.run, name);
    const confDir = path.join(paths.conf, name);
    const ports = { rest: config.ports.flink, rpc: inner.flinkRpc, sqlGateway: config.ports.sqlGateway };
    return {
      name,
      async prepare() {
        await emptyDirectory(temporary);
        for (const directory of [confDir, path.join(dataDir, 'checkpoints'), path.join(dataDir, 'savepoints')])
          await fs.promises.mkdir(directory, { recursive: true });
        await fs.promises.writeFile(path.join(confDir, 'config.yaml'), flinkConfig(ports, dataDir, temporary));
      },
      launch: () => ({
        file: javaProgram(),
        args: [
          ...heap,
          ...commonJavaOptions(log4jFile, temporary),
          ...FLINK_JAVA_OPTIONS,
          '-cp',
          jarsOf(artifacts.flink),
          main,
          ...args(confDir),
        ],
        env: {
          FLINK_CONF_DIR: confDir,
          FLINK_LIB_DIR: artifacts.flink,
          FLINK_PLUGINS_DIR: path.join(temporary, 'plugins'),
        },
      }),
      stopSignal: 'SIGTERM',
    };
  }

  // The JobManager lists a dead TaskManager for a while: a name per launch tells the new one from the old.
  let taskManagerId = '';
  async function isRegistered(): Promise<boolean> {
    const response = await get(`${rest}/taskmanagers`);
    const body = (await response?.json()) as { taskmanagers: { id: string }[] } | undefined;
    return body?.taskmanagers.some(({ id }) => id === taskManagerId) ?? false;
  }

  return [
    {
      ...base({
        name: 'flink-jobmanager',
        heap: ['-Xms128m', '-Xmx512m', COORDINATES_ONLY],
        main: 'org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint',
        args: (confDir) => ['--configDir', confDir],
      }),
      summary: 'Flink JobManager',
      ports: [config.ports.flink, inner.flinkRpc],
      dependsOn: [],
      uses: ['kafka', 'registry'],
      ready: () => answers(`${rest}/overview`),
      healthy: () => answers(`${rest}/overview`),
      stopGraceMs: 15_000,
    },
    {
      ...base({
        name: 'flink-taskmanager',
        heap: [
          '-Xms128m',
          `-Xmx${TASKMANAGER_HEAP}`,
          `-XX:MaxDirectMemorySize=${TASKMANAGER_DIRECT}`,
          `-XX:MaxMetaspaceSize=${TASKMANAGER_METASPACE}`,
        ],
        main: 'org.apache.flink.runtime.taskexecutor.TaskManagerRunner',
        args: (confDir) => {
          taskManagerId = `taskmanager-${randomUUID()}`;
          return ['--configDir', confDir, '-D', `taskmanager.resource-id=${taskManagerId}`];
        },
      }),
      summary: 'Flink TaskManager',
      ports: [],
      dependsOn: [],
      uses: ['flink-jobmanager', 'kafka', 'registry'],
      ready: isRegistered,
      healthy: isRegistered,
      stopGraceMs: 15_000,
    },
    {
      ...base({
        name: 'sql-gateway',
        heap: ['-Xms128m', '-Xmx512m', COORDINATES_ONLY],
        main: 'org.apache.flink.table.gateway.SqlGateway',
        args: () => [],
      }),
      summary: 'Flink SQL Gateway',
      ports: [config.ports.sqlGateway],
      dependsOn: [],
      uses: ['flink-jobmanager'],
      ready: () => answers(`${gateway}/v1/info`),
      healthy: () => answers(`${gateway}/v1/info`),
      stopGraceMs: 10_000,
    },
  ];
}
