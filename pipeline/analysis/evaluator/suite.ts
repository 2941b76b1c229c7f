/** The tests of random cases: a file per share of them, so that they run beside each other. */
import { afterAll, beforeAll, test } from 'vitest';
import { Engine } from '../testing/engine.ts';
import { fuzz } from './fuzz.ts';
import type { Analysis } from './random/definitions.ts';

/** How many random logs, and how many random definitions are asked of each. */
export type Sizes = Partial<Readonly<Record<Analysis, readonly [logs: number, each: number]>>>;

/**
 * Tests that compiled queries and the evaluator agree.
 * @param seed of the cases: one seed, the same cases
 * @param minutes how long an analysis may take
 */
export function testAgreement(sizes: Sizes, seed: number, minutes: number): void {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.start();
    // The logs are small: threads cost more than they help.
    await engine.command('SET max_threads = 1');
  }, 120_000);
  afterAll(() => {
    engine.stop();
  });

  test.for(Object.entries(sizes) as [Analysis, readonly [number, number]][])(
    '%s: compiled queries and plain loops give the same rows on random logs',
    { timeout: minutes * 60_000 },
    async ([analysis, [logs, each]]) => {
      await fuzz(engine, { analysis, logs, each, seed });
    },
  );
}
