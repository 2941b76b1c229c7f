import { SuuupraError } from '@suuupra/core';
import type { EventMapper } from '../mapping/mapper.ts';
import { START, type RowValues, type Source } from '../source/source.ts';
import { canonicalRowId, canonicalizer } from './canonical.ts';
import { Ordinals } from './ordinals.ts';

/**
 * The ids of rows that have none. Their ordinals need a look at the whole file, which is taken when the first such row
 * is met; it gives the same ids in every run, also in one that goes on in the middle of the file.
 */
export class DerivedIds {
  private readonly source: Source;
  private readonly mapper: EventMapper;
  private readonly scratch: () => string;
  private readonly canonical: (values: RowValues) => string;
  private ordinals: Ordinals | undefined;

  /** @param scratch gives a folder for what does not fit in memory */
  constructor(source: Source, mapper: EventMapper, scratch: () => string) {
    this.source = source;
    this.mapper = mapper;
    this.scratch = scratch;
    this.canonical = canonicalizer(source.columns);
  }

  get isReady(): boolean {
    return this.ordinals !== undefined;
  }

  /**
   * Looks through the whole file; where it is interrupted, `isReady` stays false.
   */
  async prepare(onProgress: (done: number) => void, signal: AbortSignal | undefined): Promise<void> {
    const ordinals = new Ordinals(this.scratch());
    for await (const rows of this.source.read(START, onProgress)) {
      if (signal?.aborted === true) return;
      for (const { row, line, content } of rows)
        if ('values' in content && this.mapper.ownId(content.values, line) === undefined)
          ordinals.add(row, this.canonical(content.values));
    }
    ordinals.finish();
    this.ordinals = ordinals;
  }

  /** The id of a row; rows are asked for in the order of the file. */
  idOf(row: number, values: RowValues): string {
    if (this.ordinals === undefined)
      throw new SuuupraError('internal', 'ids are asked for before the file was looked at');
    return canonicalRowId(this.canonical(values), this.ordinals.ordinalOf(row));
  }
}
