/** Asks the compiled query and the evaluator the same and says where they differ. */
import type { ColumnType, ResultColumn } from '../analysis.ts';
import { compile } from '../index.ts';
import type { Engine } from '../testing/engine.ts';
import type { Definition, Event, Row } from './definition.ts';
import { evaluate, evaluateMeta } from './evaluate.ts';

const TOLERANCE = 1e-9;

/** Columns whose values the evaluator does not work out, by analysis: words, probabilities, Student's intervals. */
const UNJUDGED: Readonly<Record<string, readonly string[]>> = {
  segments: ['reason'],
  experiment: [
    'difference_low',
    'difference_high',
    'lift_low',
    'lift_high',
    'statistic',
    'degrees_of_freedom',
    'p_value',
    'p_holm',
    'p_benjamini_hochberg',
    'cuped_theta',
    'cuped_difference',
    'cuped_low',
    'cuped_high',
    'cuped_p_value',
    'cuped_variance_reduction',
    'chance_to_beat_control',
    'expected_loss_variant',
    'expected_loss_control',
    'sequential_low',
    'sequential_high',
    'sequential_p_value',
    'sequential_lift_low',
    'sequential_lift_high',
    'required_users_per_variant',
    'decision',
    'srm_chi2',
    'srm_p_value',
    'srm_mismatch',
    'srm_sequential_p_value',
    'srm_sequential_mismatch',
    'decision_reason',
    'one_sided_low',
    'one_sided_high',
  ],
};

/** A log in the order of arrival, and a definition asked of it. */
export interface Case {
  readonly definition: unknown;
  readonly events: readonly Event[];
}

/** Stores a log; the engine's version is larger the earlier an event arrived, since the largest is kept. */
export async function store(engine: Engine, events: readonly Event[]): Promise<void> {
  await engine.store(events.map((event, index) => ({ ...event, _arrival: events.length - index })));
}

function isSame(type: ColumnType, found: unknown, expected: unknown): boolean {
  if (type !== 'number' || typeof found !== 'number' || typeof expected !== 'number') return found === expected;
  return Math.abs(found - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
}

function differenceOfRows(
  columns: readonly ResultColumn[],
  found: readonly Readonly<Record<string, unknown>>[],
  expected: readonly Row[],
  unjudged: readonly string[],
): string | undefined {
  for (let index = 0; index < Math.max(found.length, expected.length); index += 1) {
    const [left, right] = [found[index], expected[index]];
    if (left === undefined || right === undefined) return `${found.length} rows, the evaluator has ${expected.length}`;
    for (const { name, type } of columns) {
      if (!(name in right) && unjudged.includes(name)) continue;
      if (isSame(type, left[name], right[name])) continue;
      return `row ${index}, ${name}: ${JSON.stringify(left[name])}, the evaluator has ${JSON.stringify(right[name])}`;
    }
  }
  return undefined;
}

/** What the evaluator and the engine say of the stored log, which is that of the case; undefined where they agree. */
export async function difference(engine: Engine, { definition, events }: Case): Promise<string | undefined> {
  const compiled = compile(definition);
  const asked = compiled.definition as Definition;
  const unjudged = UNJUDGED[asked.analysis] ?? [];
  const found = await engine.query(compiled);
  const expected = evaluate(asked, events);
  const differs = differenceOfRows(compiled.columns, found, expected, unjudged);
  const lines = (rows: readonly object[]): string => rows.map((row) => `\n  ${JSON.stringify(row)}`).join('');
  if (differs !== undefined) return `${differs}\nengine:${lines(found)}\nevaluator:${lines(expected)}`;

  const facts = evaluateMeta(asked, events);
  if (facts === undefined || compiled.meta === undefined) return undefined;
  const meta = await engine.query(compiled.meta);
  const metaDiffers = differenceOfRows(compiled.meta.columns, meta, [facts], unjudged);
  return metaDiffers && `meta: ${metaDiffers}\nengine:${lines(meta)}\nevaluator:${lines([facts])}`;
}

/** As `difference`, with the log stored first. */
export async function storedDifference(engine: Engine, one: Case): Promise<string | undefined> {
  await store(engine, one.events);
  return difference(engine, one);
}
