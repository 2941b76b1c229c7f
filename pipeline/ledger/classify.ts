import { readRanges, type KafkaConfig } from '@suuupra/producer';
import type { GapClass } from './gap.ts';
import { classed, lengthOf, type Range } from './ranges.ts';

export interface PartitionRange extends Range {
  readonly partition: number;
}

export interface ClassedGap extends PartitionRange {
  readonly class: GapClass;
}

/** Offsets that are looked at in one go; each is held in memory. */
const SLICE = 100_000n;

/**
 * Asks the broker what stands at offsets of which nothing came into the warehouse.
 * @param logStarts per partition the first offset that the broker still has
 * @throws SuuupraError kafka_unreachable
 */
export async function classify(
  config: KafkaConfig,
  topic: string,
  gaps: readonly PartitionRange[],
  logStarts: ReadonlyMap<number, bigint>,
): Promise<ClassedGap[]> {
  const result: ClassedGap[] = [];
  const readable: PartitionRange[] = [];
  for (const { partition, from, to } of gaps) {
    const start = logStarts.get(partition) ?? 0n;
    if (from < start) result.push({ partition, from, to: to < start ? to : start - 1n, class: 'expired' });
    if (to >= start) readable.push({ partition, from: from < start ? start : from, to });
  }
  for (const slice of slices(readable)) result.push(...(await classifyReadable(config, topic, slice)));
  return result;
}

async function classifyReadable(
  config: KafkaConfig,
  topic: string,
  ranges: readonly PartitionRange[],
): Promise<ClassedGap[]> {
  const found = new Map<number, Map<bigint, GapClass>>();
  const note = (partition: number, offset: bigint, kind: GapClass): void => {
    const offsets = found.get(partition) ?? new Map<bigint, GapClass>();
    found.set(partition, offsets.set(offset, kind));
  };
  // What no reader gets to see, not even one of aborted transactions, is a record of the broker's own.
  for (const { partition, from, to } of ranges)
    for (let offset = from; offset <= to; offset += 1n) note(partition, offset, 'control');
  await readRanges(
    config,
    topic,
    ranges,
    (partition, { offset, value }) => {
      note(partition, BigInt(offset), value === null || value.length === 0 ? 'empty' : 'aborted');
    },
    { uncommitted: true },
  );
  // A message with content that a reader of committed messages gets is one that ClickHouse should have seen.
  const all = (): ClassedGap[] =>
    [...found].flatMap(([partition, offsets]) => classed(offsets).map((range) => ({ ...range, partition })));
  const suspects = all().filter((gap) => gap.class === 'aborted');
  await readRanges(config, topic, suspects, (partition, { offset }) => {
    note(partition, BigInt(offset), 'lost');
  });
  return all();
}

/** The ranges in groups of at most SLICE offsets; a longer range is cut. */
function* slices(ranges: readonly PartitionRange[]): Generator<PartitionRange[]> {
  let slice: PartitionRange[] = [];
  let room = SLICE;
  for (const range of ranges)
    for (let { from } = range; from <= range.to;) {
      const rest = { ...range, from };
      const piece = lengthOf(rest) <= room ? rest : { ...rest, to: from + room - 1n };
      slice.push(piece);
      room -= lengthOf(piece);
      from = piece.to + 1n;
      if (room > 0n) continue;
      yield slice;
      slice = [];
      room = SLICE;
    }
  if (slice.length > 0) yield slice;
}
