import type { Config } from '@suuupra/core';
import { jobHash, type Job } from './job.ts';
import { fillPlaceholders } from './placeholders.ts';
import { jobNames, readJobSource, type JobSource } from './source.ts';
import { parsePreparation, parseScript, type JobScript } from './statements.ts';

/** Where jobs find Kafka and the registry, as Flink reaches them. */
export type JobConfig = Pick<Config, 'kafkaBrokersInternal' | 'registryUrlInternal'>;

export interface LoadOptions {
  /** Default: sql/flink of this repository. */
  readonly directory?: string;
  /** Runs the file under another name: its consumer group and transactions are then its own. */
  readonly name?: string;
  /** Other topics than those that the file names, by the name in the file. */
  readonly topics?: Readonly<Record<string, string>>;
}

/**
 * Reads sql/flink/NAME.sql with what it includes and fills its placeholders.
 * @throws SuuupraError not_found, input_invalid
 */
export function loadJob(config: JobConfig, file: string, options: LoadOptions = {}): Job {
  const source = readJobSource(file, options.directory);
  const name = options.name ?? file;
  const topic = (alias: string): string => options.topics?.[alias] ?? alias;
  const header = { ...source.header, reads: source.header.reads.map(topic), writes: source.header.writes.map(topic) };
  const values = valuesOf(config, source, name, topic);
  const group = `flink_${name}`;
  const script = render(source, new Map(values).set('group', group));
  return {
    name,
    file: source.main.file,
    header,
    script,
    trial: render(source, new Map(values).set('group', `${group}_trial`)),
    schemas: Object.fromEntries([...source.schemas].map(([alias, schema]) => [topic(alias), schema])),
    hash: jobHash(name, header, script),
  };
}

/** @throws SuuupraError input_invalid for any file that is not a job */
export const loadJobs = (config: JobConfig, directory?: string): readonly Job[] =>
  jobNames(directory).map((name) => loadJob(config, name, directory === undefined ? {} : { directory }));

function valuesOf(
  config: JobConfig,
  { header, schemas }: JobSource,
  name: string,
  topic: (alias: string) => string,
): ReadonlyMap<string, string> {
  const values = new Map([
    ['kafka_brokers', config.kafkaBrokersInternal.join(',')],
    ['registry_url', config.registryUrlInternal],
    ['job', name],
    ['group', ''],
  ]);
  for (const alias of [...header.reads, ...header.writes]) values.set(`topic:${alias}`, topic(alias));
  for (const [alias, schema] of schemas) {
    values.set(`subject:${alias}`, `${topic(alias)}-value`);
    // Two sinks must never share a prefix: each would end the other's transactions.
    values.set(`transactions:${alias}`, `${name}-${topic(alias)}`);
    values.set(`schema:${alias}`, schema);
  }
  return values;
}

function render({ main, included }: JobSource, values: ReadonlyMap<string, string>): JobScript {
  const shared = included.flatMap(({ file, text }) => parsePreparation(fillPlaceholders(text, values, file), file));
  const own = parseScript(fillPlaceholders(main.text, values, main.file), main.file);
  return { prepare: [...shared, ...own.prepare], run: own.run };
}
