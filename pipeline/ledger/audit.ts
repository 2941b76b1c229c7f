import { createWarehouse, type Warehouse, type WarehouseConfig } from '@suuupra/clickhouse';
import { withAdmin, type KafkaConfig } from '@suuupra/producer';
import { classify, type ClassedGap } from './classify.ts';
import { GAP_CLASSES, type GapClass } from './gap.ts';
import { gaps, lengthOf, type Range } from './ranges.ts';

export type AuditConfig = KafkaConfig & WarehouseConfig;

export interface PartitionAudit {
  readonly topic: string;
  readonly partition: number;
  /** First offset that the broker still has, and the one that the next message will get. */
  readonly logStart: bigint;
  readonly logEnd: bigint;
  /** Every offset below is accounted for by what follows. */
  readonly readUntil: bigint;
  /** Offsets that are rows or dead letters. */
  readonly stored: bigint;
  /** Rows that came more than once. */
  readonly repeats: bigint;
  readonly gaps: Readonly<Record<GapClass, bigint>>;
  /** Where messages are missing. */
  readonly lost: readonly Range[];
}

export interface Audit {
  readonly partitions: readonly PartitionAudit[];
  /** Messages that should be in the warehouse and are not. */
  readonly lost: bigint;
}

interface Position {
  readonly partition: number;
  readonly logStart: bigint;
  readonly logEnd: bigint;
  readonly readUntil: bigint;
}

/** Topics whose messages become events. */
export const AUDITED_TOPICS = ['events'] as const;

/**
 * Proves per partition that every offset from the first to where ClickHouse has read is a row, a dead letter, or
 * something that the broker itself accounts for. Gaps are read again from the broker once and then remembered.
 * @throws SuuupraError kafka_unreachable, clickhouse_unreachable, clickhouse_query_failed
 */
export async function audit(config: AuditConfig, topics: readonly string[] = AUDITED_TOPICS): Promise<Audit> {
  const warehouse = createWarehouse(config);
  try {
    const partitions: PartitionAudit[] = [];
    for (const topic of topics) partitions.push(...(await auditTopic(config, warehouse, topic)));
    return { partitions, lost: partitions.reduce((sum, { gaps: { lost } }) => sum + lost, 0n) };
  } finally {
    await warehouse.close();
  }
}

async function auditTopic(config: AuditConfig, warehouse: Warehouse, topic: string): Promise<PartitionAudit[]> {
  // Positions first: what is committed by then is stored by the time the ledger is read.
  const positions = await readPositions(config, topic);
  const [stored, repeats, known] = await Promise.all([
    readStored(warehouse, topic),
    readRepeats(warehouse, topic),
    readKnownGaps(warehouse, topic),
  ]);
  const fresh = positions.flatMap(({ partition, readUntil }) => {
    const covered = [...(stored.get(partition) ?? []), ...known.filter((gap) => gap.partition === partition)];
    return gaps({ from: 0n, to: readUntil - 1n }, covered).map((gap) => ({ ...gap, partition }));
  });
  const logStarts = new Map(positions.map(({ partition, logStart }) => [partition, logStart]));
  const classified = await classify(config, topic, fresh, logStarts);
  await remember(warehouse, topic, classified);

  return positions.map((position) => {
    const own = [...known, ...classified].filter(({ partition }) => partition === position.partition);
    const count = (kind: GapClass): bigint =>
      own.filter((gap) => gap.class === kind).reduce((sum, gap) => sum + lengthOf(gap), 0n);
    const ranges = stored.get(position.partition) ?? [];
    return {
      topic,
      ...position,
      stored: ranges.reduce((sum, range) => sum + lengthOf(range), 0n),
      repeats: repeats.get(position.partition) ?? 0n,
      gaps: Object.fromEntries(GAP_CLASSES.map((kind) => [kind, count(kind)])) as Record<GapClass, bigint>,
      lost: own.filter((gap) => gap.class === 'lost').map(({ from, to }) => ({ from, to })),
    };
  });
}

const readPositions = (config: KafkaConfig, topic: string): Promise<Position[]> =>
  withAdmin(config, async (admin) => {
    const [group] = await admin.fetchOffsets({ groupId: `clickhouse_${topic}`, topics: [topic] });
    const committed = new Map(group?.partitions.map(({ partition, offset }) => [partition, BigInt(offset)]));
    const log = await admin.fetchTopicOffsets(topic);
    return log
      .map(({ partition, low, high }) => {
        const readUntil = committed.get(partition) ?? -1n;
        return { partition, logStart: BigInt(low), logEnd: BigInt(high), readUntil: readUntil < 0n ? 0n : readUntil };
      })
      .sort((a, b) => a.partition - b.partition);
  });

async function readStored(warehouse: Warehouse, topic: string): Promise<Map<number, Range[]>> {
  const rows = await warehouse.rows<{ partition: string; from_offset: string; to_offset: string }>(
    'SELECT partition, from_offset, to_offset FROM ledger_ranges WHERE topic = {topic:String}',
    { params: { topic } },
  );
  const ranges = new Map<number, Range[]>();
  for (const { partition, from_offset, to_offset } of rows) {
    const own = ranges.get(Number(partition)) ?? [];
    own.push({ from: BigInt(from_offset), to: BigInt(to_offset) });
    ranges.set(Number(partition), own);
  }
  return ranges;
}

async function readRepeats(warehouse: Warehouse, topic: string): Promise<Map<number, bigint>> {
  const rows = await warehouse.rows<{ partition: string; repeats: string }>(
    'SELECT partition, repeats FROM ledger_partitions WHERE topic = {topic:String}',
    { params: { topic } },
  );
  return new Map(rows.map(({ partition, repeats }) => [Number(partition), BigInt(repeats)]));
}

/** What the broker said about gaps before. */
async function readKnownGaps(warehouse: Warehouse, topic: string): Promise<ClassedGap[]> {
  const rows = await warehouse.rows<{ partition: string; from_offset: string; to_offset: string; class: GapClass }>(
    'SELECT partition, from_offset, to_offset, class FROM ledger_gaps FINAL WHERE topic = {topic:String}',
    { params: { topic } },
  );
  return rows.map((row) => ({
    partition: Number(row.partition),
    from: BigInt(row.from_offset),
    to: BigInt(row.to_offset),
    class: row.class,
  }));
}

/** Notes what needs no second look; what is lost may still be brought back. */
async function remember(warehouse: Warehouse, topic: string, found: readonly ClassedGap[]): Promise<void> {
  const explained = found.filter((gap) => gap.class !== 'lost');
  if (explained.length === 0) return;
  await warehouse.insert(
    'ledger_gaps',
    explained.map(({ partition, from, to, class: kind }) => ({
      topic,
      partition,
      from_offset: String(from),
      to_offset: String(to),
      class: kind,
    })),
  );
}
