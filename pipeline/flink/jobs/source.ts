import fs from 'node:fs';
import path from 'node:path';
import { SuuupraError, projectPath } from '@suuupra/core';
import { parseHeader, type JobHeader } from './header.ts';

export const JOBS_DIRECTORY = projectPath('sql', 'flink');

export interface SqlFile {
  /** Path inside the repository, for messages. */
  readonly file: string;
  readonly text: string;
}

/** A job as it stands in its files, nothing filled in. */
export interface JobSource {
  readonly main: SqlFile;
  readonly header: JobHeader;
  /** What runs before the job's own statements, in order. */
  readonly included: readonly SqlFile[];
  /** The contract of each topic that it writes, by topic: schemas/TOPIC.avsc. */
  readonly schemas: ReadonlyMap<string, string>;
}

/** Names of all jobs: the SQL files that stand directly in the directory. */
export function jobNames(directory = JOBS_DIRECTORY): readonly string[] {
  const files = fs.readdirSync(directory).filter((file) => file.endsWith('.sql'));
  return files.map((file) => path.basename(file, '.sql')).sort();
}

/** @throws SuuupraError not_found, input_invalid */
export function readJobSource(name: string, directory = JOBS_DIRECTORY): JobSource {
  const known = jobNames(directory);
  if (!known.includes(name))
    throw new SuuupraError('not_found', `There is no job ${name}; there are ${known.join(', ') || 'none'}`);
  const main = read(path.join(directory, `${name}.sql`));
  const header = parseHeader(main.text, main.file);
  return {
    main,
    header,
    included: header.include.map((part) => read(path.join(directory, 'shared', `${part}.sql`))),
    schemas: new Map(
      header.writes.map((topic) => [topic, compact(read(path.join(directory, 'schemas', `${topic}.avsc`)))]),
    ),
  };
}

function read(file: string): SqlFile {
  const shown = path.relative(projectPath(), file);
  try {
    return { file: shown, text: fs.readFileSync(file, 'utf8') };
  } catch (cause) {
    throw new SuuupraError('not_found', `${shown} does not exist, and a job needs it`, { cause });
  }
}

function compact({ file, text }: SqlFile): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch (cause) {
    throw new SuuupraError('input_invalid', `${file} is not JSON`, { cause });
  }
}
