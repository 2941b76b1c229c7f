import { expect, test } from 'vitest';
import { unaccounted } from './unaccounted.ts';

const lag = (topic: string, ...partitions: [low: number, committed: number | null][]) => ({
  group: `clickhouse_${topic}`,
  topic,
  lag: 0,
  partitions: partitions.map(([low, committed], partition) => ({ partition, low, high: 100, committed })),
});
const seen = (topic: string, partition: number, firstOffset: number, offsetsSeen: number) => ({
  topic,
  partition,
  firstOffset,
  offsetsSeen,
});

test('what was read and is neither a row nor a dead letter is counted over all partitions', () => {
  const ledger = [seen('events', 0, 0, 8), seen('events', 1, 0, 5)];
  expect(unaccounted([lag('events', [0, 10], [0, 5])], ledger)).toEqual([{ topic: 'events', count: 2 }]);
});

test('empty messages before the first row and in a partition without rows are counted too', () => {
  const ledger = [seen('events', 0, 2, 3)];
  expect(unaccounted([lag('events', [0, 5], [0, 4])], ledger)).toEqual([{ topic: 'events', count: 6 }]);
});

test('messages that retention has removed were accounted for by the ledger', () => {
  expect(unaccounted([lag('events', [50, 60])], [seen('events', 0, 10, 50)])).toEqual([]);
});

test('rows that are not committed yet are no debt', () => {
  expect(unaccounted([lag('events', [0, 5])], [seen('events', 0, 0, 9)])).toEqual([]);
  expect(unaccounted([lag('events', [0, null])], [seen('events', 0, 0, 9)])).toEqual([]);
});

test('other groups and topics outside the ledger are left out', () => {
  const flink = { ...lag('events', [0, 10]), group: 'flink_job' };
  expect(unaccounted([flink, lag('core_metrics', [0, 10])], [seen('events', 0, 0, 1)])).toEqual([]);
});
