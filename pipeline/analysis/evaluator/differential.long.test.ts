import { afterAll, beforeAll, test } from 'vitest';
import { Engine } from '../testing/engine.ts';
import { fuzz } from './differential.ts';
import { definitions } from './generate-definitions.ts';

/** Some 4.5 definitions are asked of each log: about 6,000 cases over all analyses. */
const LOGS = 200;

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
}, 60_000);
afterAll(() => {
  engine.stop();
});

test.for(Object.keys(definitions) as (keyof typeof definitions)[])(
  '%s: compiled queries and plain loops give the same rows on many random logs',
  { timeout: 7_200_000 },
  async (analysis) => {
    await fuzz(engine, { analysis, logs: LOGS });
  },
);
