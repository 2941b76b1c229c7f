import avro from 'avsc';
import type { Config } from '@suuupra/core';
import { kafkaClient, registryClient, withAdmin } from '@suuupra/producer';

/** Every committed message of a topic from its beginning to its end of now, decoded by its own schema. */
export async function committedRecords<T>(config: Config, topic: string): Promise<readonly T[]> {
  const ends = await withAdmin(config, (admin) => admin.fetchTopicOffsets(topic));
  const open = new Set(ends.filter(({ low, high }) => low !== high).map(({ partition }) => partition));
  const groupId = `test_${topic}_${String(Date.now())}`;
  const consumer = kafkaClient(config, 'test').consumer({ groupId, readUncommitted: false });
  const registry = registryClient(config);
  const types = new Map<number, avro.Type>();
  const records: T[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    if (open.size === 0) resolve();
    consumer
      .run({
        eachBatchAutoResolve: true,
        eachBatch: async ({ batch }) => {
          for (const { value } of batch.messages) {
            if (value === null) continue;
            const id = value.readInt32BE(1);
            const type =
              types.get(id) ?? avro.Type.forSchema(JSON.parse((await registry.schema(id)) ?? '') as avro.Schema);
            types.set(id, type);
            records.push(type.fromBuffer(value.subarray(5)) as T);
          }
          // Records that end a transaction have offsets too: the last offset of the batch counts them.
          const end = ends.find(({ partition }) => partition === batch.partition)?.high ?? '0';
          if (Number(batch.lastOffset()) + 1 >= Number(end)) open.delete(batch.partition);
          if (open.size === 0) resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return records;
}
