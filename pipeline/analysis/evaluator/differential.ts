/** Asks the compiled query and the evaluator the same about random logs and says where they differ. */
import fc from 'fast-check';
import { compile } from '../index.ts';
import type { Engine } from '../testing/engine.ts';
import type { Definition, Event, Row } from './definition.ts';
import { evaluate } from './evaluate.ts';
import { definitions } from './generate-definitions.ts';
import { log } from './generate-logs.ts';

const TOLERANCE = 1e-9;

function isSame(type: string, found: unknown, expected: unknown): boolean {
  if (type !== 'number' || typeof found !== 'number' || typeof expected !== 'number') return found === expected;
  return Math.abs(found - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
}

/** What differs between the engine's rows and the evaluator's, or undefined where they agree. */
export async function difference(
  engine: Engine,
  definition: unknown,
  arrivals: readonly Event[],
): Promise<string | undefined> {
  const compiled = compile(definition);
  const expected = evaluate(compiled.definition as Definition, arrivals);
  const found = await engine.query(compiled);
  for (let index = 0; index < Math.max(found.length, expected.length); index += 1) {
    const left: Readonly<Record<string, unknown>> = found[index] ?? {};
    const right: Row = expected[index] ?? {};
    const column = compiled.columns.find(({ name, type }) => !isSame(type, left[name], right[name]));
    if (column === undefined) continue;
    const text = (rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join('\n  ');
    return [
      `row ${index}, ${column.name}: the engine says ${JSON.stringify(left[column.name])}, the evaluator ${JSON.stringify(right[column.name])}`,
      `definition: ${JSON.stringify(definition)}`,
      `log:\n  ${text(arrivals)}`,
      `engine:\n  ${text(found)}`,
      `evaluator:\n  ${text(expected)}`,
    ].join('\n');
  }
  return undefined;
}

export interface Fuzz {
  readonly analysis: keyof typeof definitions;
  /** How many random logs; of each log 1 to 8 random definitions are asked. */
  readonly logs: number;
  /** For the same logs and definitions in every run; new ones without it. */
  readonly seed?: number;
}

/**
 * Stores random logs and asks random definitions of an analysis.
 * @throws Error with the smallest log and definition found whose answers differ
 */
export async function fuzz(engine: Engine, { analysis, logs, seed }: Fuzz): Promise<void> {
  // Storing a log costs as much as a query, so several definitions share one.
  const asked = fc.array(definitions[analysis], { minLength: 1, maxLength: 8, size: 'max' });
  await fc.assert(
    fc.asyncProperty(log, asked, async (events, list) => {
      await engine.store(events);
      for (const definition of list) {
        const disagreement = await difference(engine, definition, events);
        if (disagreement !== undefined) throw new Error(disagreement);
      }
    }),
    { numRuns: logs, ...(seed === undefined ? {} : { seed }) },
  );
}
