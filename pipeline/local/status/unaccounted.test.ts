import { expect, test } from 'vitest';
import { unaccounted } from './unaccounted.ts';

const lag = (topic: string, ...partitions: [low: number, committed: number | null][]) => ({
  group: `clickhouse_${topic}`,
  topic,
  lag: 0,
  partitions: partitions.map(([low, committed], partition) => ({ partition, low, high: 100, committed })),
});
const seen = (topic: string, partition: number, firstOffset: number, lastOffset: number, missing: number) => ({
  topic,
  partition,
  firstOffset,
  lastOffset,
  missing,
});

test('holes between rows, before the first and after the last one are counted over all partitions', () => {
  const ledger = [seen('events', 0, 0, 9, 2), seen('events', 1, 3, 4, 0)];
  expect(unaccounted([lag('events', [0, 10], [0, 7])], ledger)).toEqual([{ topic: 'events', count: 2 + 3 + 2 }]);
});

test('all that was read of a partition without rows is counted', () => {
  const ledger = [seen('events', 0, 0, 4, 0)];
  expect(unaccounted([lag('events', [0, 5], [2, 6])], ledger)).toEqual([{ topic: 'events', count: 4 }]);
});

test('messages that retention has removed were accounted for by the ledger', () => {
  expect(unaccounted([lag('events', [50, 60])], [seen('events', 0, 10, 59, 0)])).toEqual([]);
});

test('rows that are not committed yet neither count nor hide what does', () => {
  expect(unaccounted([lag('events', [0, 5])], [seen('events', 0, 0, 9, 0)])).toEqual([]);
  expect(unaccounted([lag('events', [0, 5])], [seen('events', 0, 0, 9, 1)])).toEqual([{ topic: 'events', count: 1 }]);
  expect(unaccounted([lag('events', [0, null])], [seen('events', 0, 0, 9, 0)])).toEqual([]);
});

test('other groups and topics outside the ledger are left out', () => {
  const flink = { ...lag('events', [0, 10]), group: 'flink_job' };
  expect(unaccounted([flink, lag('core_metrics', [0, 10])], [seen('events', 0, 0, 0, 0)])).toEqual([]);
});
