import { SuuupraError, type Config } from '@suuupra/core';
import { withAdmin } from '@suuupra/producer';
import kafkajs from 'kafkajs';
import { isPortOpen } from '../ports/probe.ts';

const { AssignerProtocol } = kafkajs;

/** How far a consumer group has read one partition; all offsets as the broker counts them. */
export interface PartitionProgress {
  readonly partition: number;
  /** Oldest message that is still there. */
  readonly low: number;
  /** What the next message will get. */
  readonly high: number;
  /** The next message that the group will read, or null where it has committed nothing yet. */
  readonly committed: number | null;
}

/** How far a consumer group is behind on a topic. */
export interface GroupLag {
  readonly group: string;
  readonly topic: string;
  /** Messages that the group has not committed yet, over all partitions. */
  readonly lag: number;
  readonly partitions: readonly PartitionProgress[];
}

/** Groups of the pipeline: ClickHouse's Kafka tables and Flink's jobs. */
const OURS = /^(clickhouse|flink)_/;

/** Messages between what a group has committed and the ends of its partitions. */
export const lagOf = (partitions: readonly PartitionProgress[]): number =>
  // What retention has removed cannot be read any more and is no lag.
  partitions.reduce((sum, { low, high, committed }) => sum + Math.max(0, high - Math.max(committed ?? low, low)), 0);

/**
 * The lag of all groups of the pipeline.
 * @throws SuuupraError kafka_unreachable
 */
export async function groupLags(config: Pick<Config, 'kafkaBrokers'>): Promise<GroupLag[]> {
  await assertReachable(config.kafkaBrokers);
  return await withAdmin(config, async (admin) => {
    const { groups } = await admin.listGroups();
    const names = groups.map(({ groupId }) => groupId).filter((name) => OURS.test(name));
    if (names.length === 0) return [];
    const { groups: described } = await admin.describeGroups(names);
    const lags: GroupLag[] = [];
    for (const { groupId: group, members } of described.sort((a, b) => (a.groupId < b.groupId ? -1 : 1))) {
      const committed = new Map<string, readonly { partition: number; offset: string }[]>();
      for (const topic of topicsRead(members)) committed.set(topic, []);
      for (const { topic, partitions } of await admin.fetchOffsets({ groupId: group }))
        committed.set(topic, partitions);
      for (const [topic, offsets] of committed) {
        const known = new Map(offsets.map(({ partition, offset }) => [partition, Number(offset)]));
        const partitions = (await admin.fetchTopicOffsets(topic)).map(({ partition, low, high }) => {
          const next = known.get(partition) ?? -1;
          return { partition, low: Number(low), high: Number(high), committed: next < 0 ? null : next };
        });
        partitions.sort((a, b) => a.partition - b.partition);
        lags.push({ group, topic, lag: lagOf(partitions), partitions });
      }
    }
    return lags;
  });
}

/** What the members of a group read now: a group that has committed nothing yet is behind by the whole topic. */
function topicsRead(members: readonly { readonly memberAssignment: Buffer }[]): Set<string> {
  return new Set(
    members.flatMap(({ memberAssignment }) =>
      Object.keys(AssignerProtocol.MemberAssignment.decode(memberAssignment)?.assignment ?? {}),
    ),
  );
}

/** A client of Kafka tries for many seconds; a person who asks how things are wants to know at once. */
async function assertReachable(brokers: readonly string[]): Promise<void> {
  const open = await Promise.all(
    brokers.map((broker) => {
      const { hostname, port } = new URL(`kafka://${broker}`);
      return isPortOpen(Number(port), hostname);
    }),
  );
  if (!open.some(Boolean))
    throw new SuuupraError('kafka_unreachable', `Kafka at ${brokers.join(', ')} does not answer`);
}
