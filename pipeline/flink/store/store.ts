import fs from 'node:fs';
import os from 'node:os';
import { SuuupraError, type Config } from '@suuupra/core';
import * as v from 'valibot';
import { storePaths, type StorePaths } from './paths.ts';
import { EMPTY_RECORD, HistoryEntry, StoreState, type JobRecord } from './records.ts';

/** What the history says of who acted: the user and the machine. */
export const actor = (): string => `${os.userInfo().username}@${os.hostname()}`;

/** The durable memory of the reconciler: what ran and runs, and the history of all that was done. */
export class JobStore {
  readonly paths: StorePaths;

  constructor(config: Pick<Config, 'home'>) {
    this.paths = storePaths(config);
  }

  /** @throws SuuupraError input_invalid if the file was damaged */
  record(job: string): JobRecord {
    return this.#read().jobs[job] ?? EMPTY_RECORD;
  }

  /** Names of all jobs that were ever submitted. */
  names(): readonly string[] {
    return Object.keys(this.#read().jobs);
  }

  update(job: string, change: Partial<JobRecord>): void {
    const { jobs } = this.#read();
    writeDurably(this.paths, { jobs: { ...jobs, [job]: { ...(jobs[job] ?? EMPTY_RECORD), ...change } } });
  }

  /** Adds a line to the history; time and actor are filled in. */
  log(entry: Omit<HistoryEntry, 'at' | 'by'>): void {
    fs.mkdirSync(this.paths.directory, { recursive: true });
    const line: HistoryEntry = { at: new Date().toISOString(), by: actor(), ...entry };
    fs.appendFileSync(this.paths.history, `${JSON.stringify(line)}\n`, { flush: true });
  }

  /** The history, oldest first. A line that a crash cut off is left out. */
  history(job?: string): readonly HistoryEntry[] {
    const lines = readIfThere(this.paths.history)?.split('\n') ?? [];
    return lines.flatMap((line) => {
      const entry = parseLine(line);
      return entry && (job === undefined || entry.job === job) ? [entry] : [];
    });
  }

  #read(): v.InferOutput<typeof StoreState> {
    const text = readIfThere(this.paths.state);
    if (text === undefined) return { jobs: {} };
    try {
      return v.parse(StoreState, JSON.parse(text));
    } catch (cause) {
      throw new SuuupraError('input_invalid', `${this.paths.state} cannot be read`, {
        hint: 'Restore it, or remove it: running jobs are then recognised by their parameters on the cluster.',
        cause,
      });
    }
  }
}

/** The file is always the old or the new one, also after a loss of power. */
function writeDurably(paths: StorePaths, state: v.InferOutput<typeof StoreState>): void {
  fs.mkdirSync(paths.directory, { recursive: true });
  const draft = `${paths.state}.${String(process.pid)}`;
  fs.writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { flush: true });
  fs.renameSync(draft, paths.state);
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseLine(line: string): HistoryEntry | undefined {
  try {
    const parsed = v.safeParse(HistoryEntry, JSON.parse(line));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
