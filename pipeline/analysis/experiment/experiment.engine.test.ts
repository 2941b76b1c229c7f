import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../compile.ts';
import { Engine, type Row, type TestEvent } from '../testing/engine.ts';

interface Golden {
  readonly logs: readonly (readonly TestEvent[])[];
  readonly cases: readonly {
    readonly name: string;
    readonly definition: unknown;
    readonly log: number;
    readonly rows: readonly Row[];
    readonly meta: Row;
  }[];
}

const file = path.resolve(import.meta.dirname, '../../../tests/golden/experiment.json');
const golden = JSON.parse(fs.readFileSync(file, 'utf8')) as Golden;

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

/** The contract's tolerance: 1e-9, relative or near zero absolute; 1e-6 for Bayesian integrals. */
const BAYESIAN = ['chance_to_beat_control', 'expected_loss_variant', 'expected_loss_control'];

function differences(got: Row, wanted: Row): string[] {
  const names = Object.keys(got);
  if (names.join() !== Object.keys(wanted).join()) return [`fields are ${names.join()}`];
  return names.flatMap((name) => {
    const [a, b] = [got[name], wanted[name]];
    const tolerance = BAYESIAN.includes(name) ? 1e-6 : 1e-9;
    const same =
      typeof a === 'number' && typeof b === 'number'
        ? Math.abs(a - b) <= tolerance * Math.max(1e-3, Math.abs(b))
        : a === b;
    const where = [wanted['metric'], wanted['variant']].filter((item) => item !== undefined).join(' of ');
    return same ? [] : [`${where}: ${name} is ${JSON.stringify(a)}, should be ${JSON.stringify(b)}`];
  });
}

/** Cases of tests/golden/experiment.py, which computes them with numpy, scipy and statsmodels. */
describe('experiment against an independent calculation', () => {
  for (const [log, events] of golden.logs.entries())
    describe(`log ${String(log)}`, () => {
      beforeAll(() => engine.store(events));
      test.each(golden.cases.filter((one) => one.log === log))('$name', async ({ definition, rows, meta }) => {
        const compiled = compile(definition);
        const got = await engine.query(compiled);
        expect(got.map(({ metric, variant }) => [metric, variant])).toEqual(
          rows.map(({ metric, variant }) => [metric, variant]),
        );
        expect(got.flatMap((row, index) => differences(row, rows[index] ?? {}))).toEqual([]);
        const facts = compiled.meta === undefined ? [] : await engine.query(compiled.meta);
        expect(facts.flatMap((row) => differences(row, meta))).toEqual([]);
        expect(facts).toHaveLength(1);
      });
    });
});
