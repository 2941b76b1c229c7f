import type { Fault, Validation } from '@suuupra/contracts';
import { SuuupraError, isSuuupraError } from '@suuupra/core';
import type { EventMapper } from '../mapping/mapper.ts';
import type { DerivedIds } from '../rows/derived-ids.ts';
import { START, type Position, type Source, type SourceRow } from '../source/source.ts';
import type { Progress } from './checkpoint.ts';
import { DeliveryWindow, type EventSink } from './delivery-window.ts';
import type { Rejects } from './rejects.ts';
import { Tally, type TallyState } from './tally.ts';

/** How far an import is. */
export interface ImportProgress {
  /** `scan`: the file is looked through for equal rows. `import`: its events are sent. */
  readonly phase: 'scan' | 'import';
  /** How much of `size` is read, in the source's unit. */
  readonly done: number;
  readonly size: number;
  readonly unit: Source['unit'];
  /** Events sent and rows refused so far, those of an earlier run included. */
  readonly events: number;
  readonly rejected: number;
}

export interface RunOptions {
  readonly source: Source;
  readonly mapper: EventMapper;
  readonly ids: DerivedIds;
  /** Undefined for a dry run. */
  readonly sink: EventSink | undefined;
  readonly rejects: Rejects;
  /** What an earlier run has done. */
  readonly from: Progress | undefined;
  /** Called with progress that is safe: all events before it are stored. */
  readonly save: (progress: Progress) => void;
  readonly maxRejects: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: ImportProgress) => void;
}

export interface RunResult {
  readonly tally: TallyState;
  /** Whether the end of the file was reached. */
  readonly complete: boolean;
}

/** One pass over a file, from where an earlier one stopped. */
class Run {
  private readonly options: RunOptions;
  private readonly tally: Tally;
  private position: Position;

  constructor(options: RunOptions) {
    this.options = options;
    this.tally = new Tally(options.from?.tally);
    this.position = options.from?.position ?? START;
  }

  /** Reads, maps and sends until the end of the file or an interruption. */
  async all(window: DeliveryWindow | undefined): Promise<boolean> {
    const { source, rejects, signal } = this.options;
    for await (const rows of source.read(this.position, (done) => {
      this.report('import', done);
    })) {
      for (const row of rows) if (signal?.aborted === true || !(await this.take(row))) return false;
      rejects.flush();
      window?.passed(this.progress());
    }
    return true;
  }

  state(): TallyState {
    return this.tally.state();
  }

  private progress(): Progress {
    const { file, bytes } = this.options.rejects;
    return { position: this.position, tally: this.tally.state(), rejects: { file: file ?? null, bytes } };
  }

  private report(phase: ImportProgress['phase'], done: number): void {
    const { source, onProgress } = this.options;
    const { size, unit } = source;
    onProgress({ phase, done, size, unit, events: this.tally.events, rejected: this.tally.rejected });
  }

  /** @returns false where it was interrupted */
  private async take(row: SourceRow): Promise<boolean> {
    const { content } = row;
    if ('fault' in content) this.refuse(row, [content.fault]);
    else {
      const { mapper, ids } = this.options;
      const ownId = mapper.ownId(content.values, row.line);
      if (ownId === undefined && !ids.isReady && !(await this.prepareIds())) return false;
      const id = ownId ?? ids.idOf(row.row, content.values);
      const mapped = mapper.toEvent(content.values, row.line, id);
      const faults = mapped.ok ? await this.send(mapped) : mapped.faults;
      if (faults.length > 0) this.refuse(row, faults);
      else if (mapped.ok) this.tally.addEvent(mapped.event, ownId === undefined);
    }
    this.position = row.end;
    return true;
  }

  private async prepareIds(): Promise<boolean> {
    const { ids, signal } = this.options;
    await ids.prepare((done) => {
      this.report('scan', done);
    }, signal);
    return ids.isReady;
  }

  /** @returns what the sink has against the event: its length */
  private async send({ event }: Extract<Validation, { ok: true }>): Promise<readonly Fault[]> {
    try {
      await this.options.sink?.send(event);
      return [];
    } catch (error) {
      if (isSuuupraError(error) && error.code === 'event_invalid') return error.details['faults'] as readonly Fault[];
      throw error;
    }
  }

  private refuse(row: SourceRow, faults: readonly Fault[]): void {
    const { rejects, maxRejects } = this.options;
    rejects.add(row, faults);
    this.tally.addReject();
    if (this.tally.rejected <= maxRejects) return;
    rejects.flush();
    const [{ path, found, allowed } = { path: '', found: '', allowed: '' }] = faults;
    throw new SuuupraError(
      'input_invalid',
      `More than ${String(maxRejects)} rows refused: stopped at line ${String(row.line)} (${path || 'the row'} is ${found}, allowed is ${allowed})`,
      {
        hint: 'Correct the file or the mapping, or raise --max-rejects. Events of the rows before it were sent; they count once in the next import.',
      },
    );
  }
}

/**
 * Sends the events of a file, and saves how far everything is stored: several times a second, at an interruption and at a failure.
 * @throws SuuupraError input_invalid where too many rows are refused or the file cannot be read further;
 *   kafka_delivery_failed
 */
export async function runImport(options: RunOptions): Promise<RunResult> {
  const { sink, save } = options;
  const run = new Run(options);
  const window = sink === undefined ? undefined : new DeliveryWindow(sink, save);
  try {
    const complete = await run.all(window);
    await sink?.flush();
    return { tally: run.state(), complete };
  } catch (error) {
    await sink?.flush().catch(() => undefined); // what is under way may still arrive; the first error is the one to tell
    throw error;
  } finally {
    window?.saveNow();
  }
}
