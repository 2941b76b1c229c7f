import { describe, expect, it } from 'vitest';
import { frameOf, frameOfAnswer } from '../shared/testing/frames.ts';
import { readExperiment, type Experiment } from './model.ts';
import answer from './testing/answer.json';
import { directionOf, progressOf, verdictsOf } from './verdict.ts';

const stored = frameOfAnswer(answer);

function experimentOf(frame = stored): Experiment {
  const reading = readExperiment([frame]);
  if (reading.kind !== 'experiment') throw new Error(reading.kind);
  return reading.experiment;
}

/** Rows with only what a case is about. */
const comparison = (columns: Record<string, readonly unknown[]>, custom: object = {}): Experiment => {
  const count = Object.values(columns)[0]?.length ?? 0;
  const all = (value: unknown): unknown[] => Array.from({ length: count }, () => value);
  return experimentOf(frameOf({ variant: all('b'), value_control: all(2), value_variant: all(3), ...columns }, custom));
};

describe('readExperiment', () => {
  it('reads an answer of the backend with kinds, guardrails and facts from its metadata', () => {
    const experiment = experimentOf();
    expect(experiment).toMatchObject({
      name: 'checkout_redesign',
      control: 'control',
      variants: ['treatment'],
      split: { isBroken: false, pValue: 0.921326188737237 },
      users: { exposed: 2563, excluded: 0, incomplete: 715 },
      confidence: 0.95,
      isTruncated: false,
    });
    expect(experiment.metrics.map(({ name, kind, goal, isGuardrail }) => [name, kind, goal, isGuardrail])).toEqual([
      ['Bought', 'conversion', 'increase', false],
      ['Revenue per user', 'mean', 'increase', false],
      ['Views per user', 'mean', 'increase', false],
      ['Refunded', 'conversion', 'decrease', true],
    ]);
    expect(experiment.metrics[0]?.comparisons[0]).toMatchObject({
      users: { control: 1279, variant: 1284 },
      lift: { value: 0.10028150865208962, low: 0.044119337320485626, high: 0.15644367998369363 },
      required: 3075,
      decision: 'ship',
    });
  });

  it('computes a lift that is missing, and none over 0', () => {
    const [first, second] = comparison({ metric: ['a', 'b'], value_control: [2, 0] }).metrics;
    expect(first?.comparisons[0]?.lift.value).toBe(0.5);
    expect(second?.comparisons[0]?.lift.value).toBeNull();
  });

  it('gives the lift of CUPED relative to the value of the control', () => {
    const [metric] = comparison({ metric: ['a'], cuped_difference: [0.5], cuped_low: [-1], cuped_high: [2] }).metrics;
    expect(metric?.comparisons[0]?.cuped?.lift).toEqual({ value: 0.25, low: -0.5, high: 1 });
  });

  it('tells data that is empty from data that is something else', () => {
    expect(readExperiment([])).toEqual({ kind: 'empty' });
    expect(readExperiment([frameOf({ metric: [], variant: [], value_control: [], value_variant: [] })])).toEqual({
      kind: 'empty',
    });
    expect(readExperiment([frameOf({ metric: ['a'] })]).kind).toBe('unfit');
  });
});

describe('verdictsOf', () => {
  it('names the metric that is a reason to ship', () => {
    expect(verdictsOf(experimentOf())).toEqual([
      {
        variant: 'treatment',
        decision: 'ship',
        reason: 'Bought is better: +1.2 to +18.9 %, the sequential interval leaves out 0.',
      },
    ]);
  });

  it('stops for a harmed guardrail, whatever the other metrics say', () => {
    const experiment = comparison(
      { metric: ['sales', 'refunds'], decision: ['stop', 'stop'], sequential_low: [1, 0.1], sequential_high: [2, 0.2] },
      { definition: { metrics: [{ name: 'refunds', guardrail: true, goal: 'decrease' }] } },
    );
    expect(verdictsOf(experiment)[0]).toMatchObject({
      decision: 'stop',
      reason: 'Guardrail refunds is worse: the sequential interval leaves out 0.',
    });
  });

  it('does not ship for a guardrail that got better', () => {
    const definition = { metrics: [{ name: 'refunds', guardrail: true }] };
    expect(verdictsOf(comparison({ metric: ['refunds'], decision: ['ship'] }, { definition }))[0]?.decision).toBe(
      'keep running',
    );
  });

  it('is about a broken split before anything else', () => {
    const experiment = comparison(
      { metric: ['a', 'b'], decision: ['ship', 'broken split'] },
      { facts: { srm_mismatch: true, srm_p_value: 1e-9 } },
    );
    expect(verdictsOf(experiment)[0]?.reason).toBe('Users did not fall into the variants as planned (p < 0.0001).');
  });

  it('is silent where the data has no decisions', () => {
    expect(verdictsOf(comparison({ metric: ['a'] }))).toEqual([]);
  });
});

it('a fall is better where that is the goal, and an interval with 0 tells nothing', () => {
  const [, , , refunded] = experimentOf().metrics;
  if (refunded === undefined) throw new Error('no metric');
  expect(directionOf(refunded, -0.2, -0.1)).toBe('better');
  expect(directionOf(refunded, 0.1, 0.2)).toBe('worse');
  expect(directionOf(refunded, 0, 0.2)).toBe('unclear');
  expect(directionOf(refunded, null, null)).toBe('unclear');
});

it('progress counts the smaller arm', () => {
  const [metric] = comparison({
    metric: ['a'],
    users_control: [40],
    users_variant: [30],
    required_users_per_variant: [60],
  }).metrics;
  expect(metric?.comparisons.map(progressOf)).toEqual([{ users: 30, required: 60, share: 0.5 }]);
});
