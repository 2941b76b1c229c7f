import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Engine } from '../testing/engine.ts';
import type { Case } from './differential.ts';
import { storedDifference } from './differential.ts';

/** Cases in which the compiler or the evaluator was once wrong; the name of a file says about what. */
const FOLDER = path.join(import.meta.dirname, 'cases');

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
}, 120_000);
afterAll(() => {
  engine.stop();
});

test.for(fs.readdirSync(FOLDER))('kept case %s', { timeout: 120_000 }, async (file) => {
  const kept = JSON.parse(fs.readFileSync(path.join(FOLDER, file), 'utf8')) as Case;
  expect(await storedDifference(engine, kept)).toBeUndefined();
});
