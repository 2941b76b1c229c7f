import { errorMessage } from '@suuupra/core';
import type { StepSnapshot } from './snapshot.ts';

interface Entry {
  readonly name: string;
  readonly begin: number;
  end?: number;
  error?: string;
}

/** The steps of a start and how long each takes. */
export class Timeline {
  readonly #entries: Entry[] = [];
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Runs a step and notes its time; steps may run side by side. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const entry: Entry = { name, begin: performance.now() };
    this.#entries.push(entry);
    this.#changed();
    try {
      return await work();
    } catch (error) {
      entry.error = errorMessage(error);
      throw error;
    } finally {
      entry.end = performance.now();
      this.#changed();
    }
  }

  snapshot(): StepSnapshot[] {
    return this.#entries.map(({ name, begin, end, error }) => ({
      name,
      state: error !== undefined ? 'failed' : end === undefined ? 'running' : 'done',
      seconds: ((end ?? performance.now()) - begin) / 1000,
      error: error ?? null,
    }));
  }
}
