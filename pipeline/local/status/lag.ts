import { SuuupraError, type Config } from '@suuupra/core';
import kafkajs from 'kafkajs';
import { withAdmin } from '@suuupra/producer';
import { isPortOpen } from '../ports/probe.ts';

/** How far a consumer group is behind on a topic. */
export interface GroupLag {
  readonly group: string;
  readonly topic: string;
  /** Messages that the group has not committed yet, over all partitions. */
  readonly lag: number;
}

const { AssignerProtocol } = kafkajs;

/** Groups of the pipeline: ClickHouse's Kafka tables and Flink's jobs. */
const OURS = /^(clickhouse|flink)_/;

interface PartitionOffsets {
  readonly partition: number;
  /** Oldest offset that is still there, and the one that the next message will get. */
  readonly low: string;
  readonly high: string;
}

interface Committed {
  readonly partition: number;
  /** The next offset to read; -1 where the group has committed nothing. */
  readonly offset: string;
}

/** Messages between what a group has committed and the end of a topic. */
export function lagOf(ends: readonly PartitionOffsets[], committed: readonly Committed[]): number {
  const offsets = new Map(committed.map(({ partition, offset }) => [partition, Number(offset)]));
  return ends.reduce((sum, { partition, low, high }) => {
    const next = offsets.get(partition) ?? -1;
    // What retention has removed cannot be read any more and is no lag.
    return sum + Math.max(0, Number(high) - Math.max(next, Number(low)));
  }, 0);
}

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
    const ends = new Map<string, readonly PartitionOffsets[]>();
    const lags: GroupLag[] = [];
    const described = await admin.describeGroups(names);
    for (const { groupId, members } of described.groups.sort((a, b) => (a.groupId < b.groupId ? -1 : 1))) {
      const committed = await admin.fetchOffsets({ groupId });
      const topics = new Map<string, readonly Committed[]>(topicsRead(members).map((topic) => [topic, []]));
      for (const { topic, partitions } of committed) topics.set(topic, partitions);
      for (const [topic, partitions] of topics) {
        const end = ends.get(topic) ?? (await admin.fetchTopicOffsets(topic));
        ends.set(topic, end);
        lags.push({ group: groupId, topic, lag: lagOf(end, partitions) });
      }
    }
    return lags;
  });
}

/** What the members of a group read now: a group that has committed nothing yet is behind by the whole topic. */
function topicsRead(members: readonly { readonly memberAssignment: Buffer }[]): string[] {
  const topics = members.flatMap(({ memberAssignment }) =>
    Object.keys(AssignerProtocol.MemberAssignment.decode(memberAssignment)?.assignment ?? {}),
  );
  return [...new Set(topics)];
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
