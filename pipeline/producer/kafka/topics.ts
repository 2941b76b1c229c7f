import type { Config } from '@suuupra/core';
import { withAdmin, type KafkaConfig } from './client.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Largest message that the topics of events take; also the limit of one event in the producer. */
export const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

interface Topic {
  readonly name: string;
  /** How long messages stay. ClickHouse keeps the events themselves: this is the time for which they can be read again. */
  readonly retentionMs: number;
  /** Topics of events have as many partitions as configured, the others one. */
  readonly partitioned: boolean;
  readonly purpose: string;
}

/** The topics of the product; those of Flink's results belong to their jobs. */
export const TOPICS: readonly Topic[] = [
  { name: 'events', retentionMs: 7 * DAY, partitioned: true, purpose: 'live events, Avro' },
  { name: 'events_json', retentionMs: 7 * DAY, partitioned: true, purpose: 'live events of producers that write JSON' },
  { name: 'events_protobuf', retentionMs: 7 * DAY, partitioned: true, purpose: 'live events, Protobuf' },
  { name: 'events_bulk', retentionMs: 2 * DAY, partitioned: true, purpose: 'imports and back-fills' },
  { name: 'events_late', retentionMs: 7 * DAY, partitioned: true, purpose: 'events that came after their window' },
  { name: 'heartbeat', retentionMs: HOUR, partitioned: false, purpose: 'keeps event time going when nobody is there' },
  {
    name: 'canary',
    retentionMs: DAY,
    partitioned: false,
    purpose: 'measures the way of an event through the pipeline',
  },
];

const settingsOf = ({ retentionMs }: Topic): Record<string, string> => ({
  'cleanup.policy': 'delete',
  'retention.ms': String(retentionMs),
  // Retention looks at whole segments only: a segment must end well before the retention does.
  'segment.ms': String(Math.min(DAY, retentionMs / 2)),
  'max.message.bytes': String(MAX_MESSAGE_BYTES),
  // The broker's own clock decides which of two equal events came first, and how far the pipeline has read.
  'message.timestamp.type': 'LogAppendTime',
});

/**
 * Creates the topics that are missing. Existing ones stay as they are: another number of partitions would send a user's
 * events to another partition than before. Copies and in-sync minimum are the broker's defaults.
 * @returns the names of those that were created
 * @throws SuuupraError kafka_unreachable
 */
export async function ensureTopics(config: KafkaConfig & Pick<Config, 'eventPartitions'>): Promise<readonly string[]> {
  return await withAdmin(config, async (admin) => {
    const existing = new Set(await admin.listTopics());
    const missing = TOPICS.filter(({ name }) => !existing.has(name));
    if (missing.length > 0)
      await admin.createTopics({
        waitForLeaders: true,
        topics: missing.map((topic) => ({
          topic: topic.name,
          numPartitions: topic.partitioned ? config.eventPartitions : 1,
          configEntries: Object.entries(settingsOf(topic)).map(([name, value]) => ({ name, value })),
        })),
      });
    return missing.map(({ name }) => name);
  });
}
