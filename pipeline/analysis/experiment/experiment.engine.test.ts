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
  const names = Object.keys(wanted);
  const missing = names.filter((name) => !(name in got));
  if (missing.length > 0) return [`fields ${missing.join()} are missing`];
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

const REASONS: Readonly<Record<string, RegExp>> = {
  'no data': /no users$/,
  'broken split': /other proportions than planned$/,
  stop: /got worse$|wrong side of 0$/,
  ship: /right side of 0$/,
  'keep running': /contains 0$|^too few users or no variance/,
};

/** One-sided bounds at 95 % are two-sided ones at 90 %: for a normal statistic a matter of quantiles. */
function checkBounds(row: Row, confidence: unknown): void {
  const [low, difference, bound] = [row['difference_low'], row['difference'], row['one_sided_low']];
  if (confidence !== 0.95 || row['degrees_of_freedom'] !== null || typeof low !== 'number') return;
  expect(bound).toBeCloseTo(
    Number(difference) - ((Number(difference) - low) * 1.6448536269514722) / 1.959963984540054,
    9,
  );
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
        for (const row of got) {
          expect(row['decision_reason']).toMatch(REASONS[String(row['decision'])] ?? /never/);
          checkBounds(row, compiled.definition.analysis === 'experiment' && compiled.definition.confidence);
        }
        const facts = compiled.meta === undefined ? [] : await engine.query(compiled.meta);
        expect(facts.flatMap((row) => differences(row, meta))).toEqual([]);
        expect(facts).toHaveLength(1);
        // Looking every day costs power: what it finds the chi-square has found too.
        if (facts[0]?.['srm_sequential_mismatch'] === true) expect(facts[0]['srm_mismatch']).toBe(true);
      });
    });
});
