import { expect, test } from 'vitest';
import { TASKMANAGER_DIRECT, TASKMANAGER_HEAP, flinkConfig } from './flink-config.ts';

const lines = flinkConfig({ rest: 8081, rpc: 20_002, sqlGateway: 8083 }, '/data dir/flink', '/run/flink')
  .trim()
  .split('\n');
const settings = new Map(
  lines.map((line) => {
    const [key, value] = line.split(/: (.*)/s, 2) as [string, string];
    return [key, JSON.parse(value) as unknown];
  }),
);

const mebibytes = (key: string): number => Number(/^(\d+)m$/.exec(String(settings.get(key)))?.[1]);

test('no listener is reachable from outside', () => {
  const addresses = [...settings].filter(([key]) => /address$|bind-host$|\.host$/.test(key));
  expect(addresses.length).toBeGreaterThanOrEqual(8);
  for (const [key, value] of addresses) expect([key, value]).toEqual([key, '127.0.0.1']);
});

test('JobManager and SQL Gateway each listen on their own port', () => {
  expect(settings.get('rest.bind-port')).toBe('8081');
  expect(settings.get('sql-gateway.endpoint.rest.bind-port')).toBe('8083');
});

test('the memory of the TaskManager sums up to less than 2 GiB and agrees with the options of its JVM', () => {
  const parts = ['framework.heap.size', 'task.heap.size', 'framework.off-heap.size', 'task.off-heap.size'];
  parts.push('network.max', 'managed.size', 'jvm-metaspace.size', 'jvm-overhead.max');
  const sum = parts.reduce((total, part) => total + mebibytes(`taskmanager.memory.${part}`), 0);
  expect(sum).toBeLessThanOrEqual(2048);
  const heap = mebibytes('taskmanager.memory.framework.heap.size') + mebibytes('taskmanager.memory.task.heap.size');
  expect(TASKMANAGER_HEAP).toBe(`${String(heap)}m`);
  const direct = ['framework.off-heap.size', 'task.off-heap.size', 'network.max'].reduce(
    (total, part) => total + mebibytes(`taskmanager.memory.${part}`),
    0,
  );
  expect(TASKMANAGER_DIRECT).toBe(`${String(direct)}m`);
});

test('checkpoints are kept in the data directory, written as a URL', () => {
  expect(settings.get('execution.checkpointing.dir')).toBe('file:///data%20dir/flink/checkpoints');
  expect(settings.get('execution.checkpointing.externalized-checkpoint-retention')).toBe('RETAIN_ON_CANCELLATION');
});
