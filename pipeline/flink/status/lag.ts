import type { Config } from '@suuupra/core';
import { withAdmin } from '@suuupra/producer';

/**
 * Messages that a consumer group has not read, over all partitions of some topics. A job tells its group where it
 * stands with each checkpoint, so this is true as of the last one.
 */
export async function groupLag(
  config: Pick<Config, 'kafkaBrokers'>,
  groupId: string,
  topics: readonly string[],
): Promise<number> {
  return withAdmin(config, async (admin) => {
    const committed = await admin.fetchOffsets({ groupId, topics: [...topics] });
    let lag = 0;
    for (const { topic, partitions } of committed) {
      const ends = new Map((await admin.fetchTopicOffsets(topic)).map((end) => [end.partition, end]));
      for (const { partition, offset } of partitions) {
        const end = ends.get(partition);
        // A group that has read nothing yet begins at the oldest message.
        const at = offset === '-1' ? Number(end?.low ?? 0) : Number(offset);
        lag += Math.max(0, Number(end?.high ?? 0) - at);
      }
    }
    return lag;
  });
}
