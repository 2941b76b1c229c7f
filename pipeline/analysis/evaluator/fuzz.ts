/** Asks random definitions of random logs. */
import fc from 'fast-check';
import { compile } from '../index.ts';
import type { Engine } from '../testing/engine.ts';
import type { Case } from './differential.ts';
import { difference, store, storedDifference } from './differential.ts';
import type { Analysis } from './random/definitions.ts';
import { universesOf } from './random/universes.ts';
import { shrink } from './shrink.ts';

export interface Fuzz {
  readonly analysis: Analysis;
  /** How many logs, each stored once. */
  readonly logs: number;
  /** How many definitions are asked of each log. */
  readonly each: number;
  readonly seed: number;
}

function isValid(definition: unknown): boolean {
  try {
    compile(definition);
    return true;
  } catch {
    return false;
  }
}

/** Whether the answers differ, or the engine cannot answer. */
async function fails(engine: Engine, one: Case): Promise<boolean> {
  if (!isValid(one.definition)) return false;
  return (await storedDifference(engine, one).catch(String)) !== undefined;
}

/**
 * Stores random logs and asks random definitions of an analysis.
 * @throws Error with a small case whose answers differ, as a file of cases/ holds it
 */
export async function fuzz(engine: Engine, { analysis, logs, each, seed }: Fuzz): Promise<void> {
  for (const [events, list] of fc.sample(universesOf(analysis, each), { numRuns: logs, seed })) {
    await store(engine, events);
    for (const definition of list) {
      const found = await difference(engine, { definition, events }).catch(String);
      if (found === undefined) continue;
      const small = await shrink({ definition, events }, (candidate) => fails(engine, candidate));
      const differs = await storedDifference(engine, small).catch(String);
      throw new Error(
        `${differs ?? found}\n(seed ${seed}) keep as evaluator/cases/NAME.json:\n${JSON.stringify(small, undefined, 2)}`,
      );
    }
  }
}
