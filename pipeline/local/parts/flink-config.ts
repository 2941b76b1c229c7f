import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Each job of ours takes one slot. */
const SLOTS = 8;

/**
 * Memory of the TaskManager in MiB. Flink's own scripts derive these sizes; a TaskManager that is started without them
 * must be told every one. Their sum is 1,984 MiB.
 */
const MEMORY = {
  frameworkHeap: 128,
  taskHeap: 512,
  frameworkOffHeap: 128,
  network: 128,
  managed: 640, // RocksDB
  metaspace: 256,
  overhead: 192,
} as const;

const MIB = (amount: number): string => `${String(amount)}m`;

export const TASKMANAGER_HEAP = MIB(MEMORY.frameworkHeap + MEMORY.taskHeap);
export const TASKMANAGER_DIRECT = MIB(MEMORY.frameworkOffHeap + MEMORY.network);
export const TASKMANAGER_METASPACE = MIB(MEMORY.metaspace);

export interface FlinkPorts {
  readonly rest: number;
  readonly rpc: number;
  readonly sqlGateway: number;
}

/**
 * Flink's config.yaml, for JobManager, TaskManager and SQL Gateway alike; every listener is on the loopback address.
 * @param dataDir receives checkpoints and savepoints, and is kept
 * @param temporary receives what may be lost
 */
export function flinkConfig(ports: FlinkPorts, dataDir: string, temporary: string): string {
  const settings: Record<string, string | number | boolean> = {
    'jobmanager.rpc.address': '127.0.0.1',
    'jobmanager.rpc.port': ports.rpc,
    'jobmanager.bind-host': '127.0.0.1',
    'jobmanager.memory.process.size': '1g',
    // Listeners whose number nobody needs to know: the system chooses.
    'blob.server.port': '0',
    'taskmanager.rpc.port': '0',
    'taskmanager.data.port': 0,
    'taskmanager.host': '127.0.0.1',
    'taskmanager.bind-host': '127.0.0.1',
    'rest.address': '127.0.0.1',
    'rest.bind-address': '127.0.0.1',
    'rest.port': ports.rest,
    'rest.bind-port': String(ports.rest),
    'sql-gateway.endpoint.rest.address': '127.0.0.1',
    'sql-gateway.endpoint.rest.bind-address': '127.0.0.1',
    'sql-gateway.endpoint.rest.port': ports.sqlGateway,
    // Without its own the SQL Gateway would take the JobManager's.
    'sql-gateway.endpoint.rest.bind-port': String(ports.sqlGateway),
    'web.submit.enable': false, // jobs come as SQL; no one uploads jars
    'taskmanager.numberOfTaskSlots': SLOTS,
    'taskmanager.cpu.cores': SLOTS,
    'taskmanager.memory.framework.heap.size': MIB(MEMORY.frameworkHeap),
    'taskmanager.memory.task.heap.size': MIB(MEMORY.taskHeap),
    'taskmanager.memory.framework.off-heap.size': MIB(MEMORY.frameworkOffHeap),
    'taskmanager.memory.task.off-heap.size': '0m',
    'taskmanager.memory.network.min': MIB(MEMORY.network),
    'taskmanager.memory.network.max': MIB(MEMORY.network),
    'taskmanager.memory.managed.size': MIB(MEMORY.managed),
    'taskmanager.memory.jvm-metaspace.size': MIB(MEMORY.metaspace),
    'taskmanager.memory.jvm-overhead.min': MIB(MEMORY.overhead),
    'taskmanager.memory.jvm-overhead.max': MIB(MEMORY.overhead),
    'parallelism.default': 1,
    // A busy machine may be silent for a while; a dead TaskManager is noticed sooner, by refused connections.
    'heartbeat.interval': '2 s',
    'heartbeat.timeout': '30 s',
    // All start side by side: one that comes before the JobManager asks again soon.
    'cluster.registration.error-delay': '1 s',
    'cluster.registration.refused-registration-delay': '1 s',
    'restart-strategy.type': 'exponential-delay',
    'restart-strategy.exponential-delay.initial-backoff': '1 s',
    'restart-strategy.exponential-delay.max-backoff': '15 s',
    'state.backend.type': 'rocksdb',
    'execution.checkpointing.interval': '5 s',
    'execution.checkpointing.mode': 'EXACTLY_ONCE',
    'execution.checkpointing.incremental': true,
    'execution.checkpointing.dir': pathToFileURL(path.join(dataDir, 'checkpoints')).href,
    'execution.checkpointing.savepoint-dir': pathToFileURL(path.join(dataDir, 'savepoints')).href,
    'execution.checkpointing.externalized-checkpoint-retention': 'RETAIN_ON_CANCELLATION',
    // Without it records are copied between all operators, 30 times slower for nested rows.
    'pipeline.object-reuse': true,
    'io.tmp.dirs': temporary,
    'table.local-time-zone': 'UTC',
  };
  // A JSON text is a YAML text: quoting needs no thought.
  return Object.entries(settings)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join('');
}

/** What Flink needs to reach inside the JDK (env.java.opts.all of its distribution). */
const OPENED = ['lang', 'net', 'io', 'nio', 'lang.reflect', 'text', 'time', 'util', 'util.concurrent'];
export const FLINK_JAVA_OPTIONS: readonly string[] = [
  '--add-exports=java.base/sun.net.util=ALL-UNNAMED',
  '--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED',
  '--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED',
  ...OPENED.map((name) => `--add-opens=java.base/java.${name}=ALL-UNNAMED`),
  '--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED',
  '--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED',
  '--add-opens=java.base/sun.nio.ch=ALL-UNNAMED',
];
