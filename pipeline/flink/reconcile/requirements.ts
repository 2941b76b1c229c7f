import { SuuupraError, type Config } from '@suuupra/core';
import { registryClient, withAdmin } from '@suuupra/producer';
import type { Job } from '../jobs/job.ts';

const DAY_MS = 24 * 3_600_000;
/** Results can be read again for this long; ClickHouse keeps them. */
const RETENTION_MS = 7 * DAY_MS;

type RequirementsConfig = Pick<Config, 'kafkaBrokers' | 'registryUrl'>;

/**
 * Makes the topics that a job writes and registers their contracts; checks that what it reads is there. Doing it again
 * changes nothing.
 * @throws SuuupraError not_found for a topic to read, schema_incompatible, kafka_unreachable, registry_unreachable
 */
export async function meetRequirements(config: RequirementsConfig, job: Job): Promise<void> {
  await ensureTopics(config, job);
  const registry = registryClient(config);
  for (const [topic, schema] of Object.entries(job.schemas)) {
    const subject = `${topic}-value`;
    const faults = await registry.incompatibilities(subject, schema);
    if (faults.length > 0)
      throw new SuuupraError('schema_incompatible', `${subject}: ${faults.join('; ')}`, {
        details: { subject, faults },
      });
    await registry.register(subject, schema);
    await registry.setCompatibility(subject, 'BACKWARD');
  }
}

async function ensureTopics(config: RequirementsConfig, job: Job): Promise<void> {
  await withAdmin(config, async (admin) => {
    const existing = new Set(await admin.listTopics());
    const absent = job.header.reads.find((topic) => !existing.has(topic));
    if (absent !== undefined)
      throw new SuuupraError('not_found', `${job.name} reads the topic ${absent}, which does not exist`);
    const missing = job.header.writes.filter((topic) => !existing.has(topic));
    if (missing.length === 0) return;
    await admin.createTopics({
      waitForLeaders: true,
      // One partition: results are few, and stay in the order in which they were written.
      topics: missing.map((topic) => ({ topic, numPartitions: 1, configEntries: settings() })),
    });
  });
}

const settings = () => [
  { name: 'cleanup.policy', value: 'delete' },
  { name: 'retention.ms', value: String(RETENTION_MS) },
  // ClickHouse keeps of two rows with one key the one that the broker took later.
  { name: 'message.timestamp.type', value: 'LogAppendTime' },
];
