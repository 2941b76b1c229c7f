import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SuuupraError, errorMessage } from '@suuupra/core';
import { compileMapping } from './mapping/compile.ts';
import { contractMapping } from './mapping/contract-columns.ts';
import { loadMapping, type LoadedMapping } from './mapping/load.ts';
import { CONTRACT_MAPPER, type EventMapper } from './mapping/mapper.ts';
import { DerivedIds } from './rows/derived-ids.ts';
import { Checkpoints, type Earlier } from './run/checkpoint.ts';
import type { EventSink } from './run/delivery-window.ts';
import { digest, fileIdentity, stateFolder, type ImportIdentity } from './run/identity.ts';
import { lockFolder } from './run/lock.ts';
import { Rejects, type Reject } from './run/rejects.ts';
import { runImport, type ImportProgress } from './run/run.ts';
import type { TallyState } from './run/tally.ts';
import { formatOfEnding, openSource, type Format } from './source/open.ts';
import type { Source } from './source/source.ts';

export interface ImportOptions {
  readonly file: string;
  /** A mapping file, or the name of one that comes with this program. */
  readonly mapping?: string | undefined;
  /** Default: what the mapping says, else what the ending of the file says. */
  readonly format?: Format | undefined;
  /** Folder of the stack; the state of imports is in `imports/` below it. */
  readonly home: string;
  readonly topic: string;
  readonly brokers: readonly string[];
  /** Opens the way to Kafka; called after the file and its mapping have been found good. Absent in a dry run. */
  readonly openSink?: (() => Promise<EventSink>) | undefined;
  /** Where refused rows go. Default: beside the state of the import. */
  readonly rejectsFile?: string | undefined;
  /** How many refused rows do not stop the import. Default: any number. */
  readonly maxRejects?: number | undefined;
  /** Begin anew even where an earlier import was interrupted. */
  readonly restart?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told what an earlier import has left before anything is sent. */
  readonly onEarlier?: ((earlier: Earlier) => void) | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

/** What an import did; together with interrupted runs before it. */
export interface ImportSummary extends TallyState {
  readonly file: string;
  readonly format: Format;
  readonly topic: string;
  readonly dryRun: boolean;
  /** False where it was interrupted; the same call goes on from there. */
  readonly complete: boolean;
  /** The line at which it went on from an interrupted run. */
  readonly resumedAtLine: number | null;
  /** Seconds and events of this run alone. */
  readonly seconds: number;
  readonly eventsPerSecond: number;
  /** The file of refused rows; null where none was refused. */
  readonly rejectsFile: string | null;
  /** The first refused rows of this run. */
  readonly rejects: readonly Reject[];
}

interface Prepared {
  readonly format: Format;
  readonly source: Source;
  readonly mapper: EventMapper;
  readonly identity: ImportIdentity;
}

async function readIdentity(file: string): ReturnType<typeof fileIdentity> {
  try {
    return await fileIdentity(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'not_found' : 'input_invalid';
    throw new SuuupraError(code, `The file ${file} cannot be read: ${errorMessage(error)}`, {
      hint: 'Check the path and the permissions.',
      cause: error,
    });
  }
}

function mapperOf(loaded: LoadedMapping | undefined, { columns }: Source): EventMapper {
  if (loaded !== undefined) return compileMapping(loaded.mapping, columns, loaded.tables);
  return columns === undefined ? CONTRACT_MAPPER : compileMapping(contractMapping(columns), columns, []);
}

/** Everything that can be wrong before the first row is read. */
async function prepare(options: ImportOptions): Promise<Prepared> {
  const { file, topic, brokers } = options;
  const known = await readIdentity(file);
  const loaded =
    options.mapping === undefined ? undefined : await loadMapping(options.mapping, path.dirname(known.file));
  const format = options.format ?? loaded?.mapping.format ?? formatOfEnding(file);
  const source = await openSource(known.file, format, loaded?.mapping ?? {});
  const mapping = loaded === undefined ? null : digest(loaded.contents);
  const identity = { ...known, mapping, format, topic, brokers };
  return { format, source, mapper: mapperOf(loaded, source), identity };
}

/** Removes a folder if nothing is left in it. */
function removeIfEmpty(folder: string): void {
  if (fs.readdirSync(folder).length === 0) fs.rmdirSync(folder);
}

/**
 * Imports a file: reads it in flat memory, maps and checks each row, sends the events. Rows that are no event are kept in
 * a file of their own with the reasons. What was interrupted goes on where everything before is known to be stored; as
 * the ids of events are stable, what is sent twice counts once.
 * @throws SuuupraError not_found, input_invalid, usage_invalid, mapping_invalid, import_running, and what the sink throws
 */
export async function importFile(options: ImportOptions): Promise<ImportSummary> {
  const prepared = await prepare(options);
  const dryRun = options.openSink === undefined;
  const folder = dryRun
    ? fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-import-'))
    : stateFolder(options.home, prepared.identity);
  const unlock = lockFolder(folder);
  try {
    return await importPrepared(options, prepared, folder);
  } finally {
    fs.rmSync(path.join(folder, 'scratch'), { recursive: true, force: true });
    unlock();
    removeIfEmpty(folder);
  }
}

async function importPrepared(options: ImportOptions, prepared: Prepared, folder: string): Promise<ImportSummary> {
  const { source, mapper, identity, format } = prepared;
  const { openSink, maxRejects = Infinity, signal, onProgress = () => undefined } = options;
  const checkpoints = new Checkpoints(folder, identity);
  const earlier = options.restart === true ? ({ kind: 'none' } as const) : checkpoints.read();
  options.onEarlier?.(earlier);
  const from = earlier.kind === 'unfinished' ? earlier.progress : undefined;

  const defaultRejects = openSink === undefined ? undefined : path.join(folder, 'rejects.ndjson');
  const rejectsFile = options.rejectsFile === undefined ? defaultRejects : path.resolve(options.rejectsFile);
  const sameFile = rejectsFile !== undefined && from?.rejects.file === rejectsFile;
  const rejects = new Rejects(rejectsFile, sameFile ? from.rejects.bytes : 0);
  const scratch = (): string => {
    const inside = path.join(folder, 'scratch');
    fs.mkdirSync(inside, { recursive: true });
    return inside;
  };

  const sink = await openSink?.();
  const startedAt = performance.now();
  const { tally, complete } = await runImport({
    source,
    mapper,
    ids: new DerivedIds(source, mapper, scratch),
    sink,
    rejects,
    from,
    save: (progress) => {
      checkpoints.write(progress);
    },
    maxRejects,
    signal,
    onProgress,
  });
  if (complete) checkpoints.remove();
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    file: identity.file,
    format,
    topic: identity.topic,
    dryRun: sink === undefined,
    complete,
    resumedAtLine: from?.position.line ?? null,
    ...tally,
    seconds,
    eventsPerSecond: (tally.events - (from?.tally.events ?? 0)) / seconds,
    rejectsFile: rejects.bytes > 0 ? (rejects.file ?? null) : null,
    rejects: rejects.first,
  };
}
