import { createHash } from 'node:crypto';
import type { JobHeader } from './header.ts';
import type { JobScript } from './statements.ts';

/** A job as its file wants it, ready to be submitted. */
export interface Job {
  readonly name: string;
  readonly file: string;
  readonly header: JobHeader;
  readonly script: JobScript;
  /** The same statements for a trial: the same sources under another consumer group. */
  readonly trial: JobScript;
  /** Avro schemas of the topics it writes, by topic. */
  readonly schemas: Readonly<Record<string, string>>;
  /** Names everything above: two jobs with one hash are the same job. */
  readonly hash: string;
}

const HASH_LENGTH = 16;

/** A short digest of anything that JSON can say. */
export const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, HASH_LENGTH);

/** @param settings what of the header reaches the cluster */
export function jobHash(name: string, header: JobHeader, script: JobScript): string {
  const { version, parallelism, checkpointInterval, stateTtl } = header;
  return digest({
    name,
    version,
    parallelism,
    checkpointInterval,
    stateTtl,
    statements: [...script.prepare, script.run].map(({ text }) => text),
  });
}
