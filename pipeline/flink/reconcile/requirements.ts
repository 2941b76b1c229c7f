import { SuuupraError, type Config } from '@suuupra/core';
import { registerContracts, withAdmin } from '@suuupra/producer';
import type { Job } from '../jobs/job.ts';

const DAY_MS = 24 * 3_600_000;
/** Results can be read again for this long; ClickHouse keeps them. */
const RETENTION_MS = 7 * DAY_MS;

type RequirementsConfig = Pick<Config, 'kafkaBrokers' | 'registryUrl'>;

/**
 * Makes the topics that jobs write and registers their contracts. Doing it again changes nothing.
 * @throws SuuupraError schema_incompatible, kafka_unreachable, registry_unreachable
 */
export async function prepareResults(config: RequirementsConfig, jobs: readonly Job[]): Promise<void> {
  const topics = new Set(jobs.flatMap(({ header }) => header.writes));
  await withAdmin(config, async (admin) => {
    const existing = new Set(await admin.listTopics());
    const missing = [...topics].filter((topic) => !existing.has(topic));
    if (missing.length === 0) return;
    await admin.createTopics({
      waitForLeaders: true,
      // One partition: results are few, and stay in the order in which they were written.
      topics: missing.map((topic) => ({ topic, numPartitions: 1, configEntries: settings() })),
    });
  });
  const contracts = jobs.flatMap(({ schemas }) => Object.entries(schemas));
  await registerContracts(config, Object.fromEntries(contracts.map(([topic, schema]) => [`${topic}-value`, schema])));
}

/** @throws SuuupraError not_found where a topic that a job reads does not exist */
export async function checkSources(config: RequirementsConfig, job: Job): Promise<void> {
  const existing = await withAdmin(config, (admin) => admin.listTopics());
  const absent = job.header.reads.find((topic) => !existing.includes(topic));
  if (absent === undefined) return;
  throw new SuuupraError('not_found', `${job.name} reads the topic ${absent}, which does not exist`);
}

const settings = () => [
  { name: 'cleanup.policy', value: 'delete' },
  { name: 'retention.ms', value: String(RETENTION_MS) },
  // ClickHouse keeps of two rows with one key the one that the broker took later.
  { name: 'message.timestamp.type', value: 'LogAppendTime' },
];
