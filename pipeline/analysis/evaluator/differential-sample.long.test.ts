import { afterAll, beforeAll, test } from 'vitest';
import { Engine } from '../testing/engine.ts';
import type { Fuzz } from './differential.ts';
import { fuzz } from './differential.ts';

/** The same cases in every run, some 350 of them; differential.long.test.ts asks new ones, thousands. */
const SEED = 6;
const FUZZES: readonly Fuzz[] = [
  { analysis: 'funnel', logs: 26 },
  { analysis: 'retention', logs: 12 },
  { analysis: 'sessions', logs: 8 },
  { analysis: 'revenue', logs: 8 },
  { analysis: 'engagement', logs: 8 },
  { analysis: 'activity', logs: 8 },
  { analysis: 'lifecycle', logs: 8 },
];

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
}, 60_000);
afterAll(() => {
  engine.stop();
});

test.for(FUZZES)(
  '$analysis: compiled queries and plain loops give the same rows on random logs',
  { timeout: 900_000 },
  async (one) => {
    await fuzz(engine, { ...one, seed: SEED });
  },
);
