import { describe, expect, test } from 'vitest';
import { compile, normalize } from '../compile.ts';
import { DefinitionError } from '../definitions/error.ts';

const metric = { name: 'bought', type: 'conversion', event: 'purchase' };
const smallest = { analysis: 'experiment', experiment: 'checkout', control: 'A', metrics: [metric] };

const faultsOf = (change: object): string[] => {
  try {
    normalize({ ...smallest, ...change });
    return [];
  } catch (error) {
    if (error instanceof DefinitionError) return error.faults.map((fault) => fault.path);
    throw error;
  }
};

describe('definition of an experiment', () => {
  test('all defaults are filled in', () => {
    expect(normalize(smallest)).toEqual({
      analysis: 'experiment',
      timezone: 'UTC',
      filters: [],
      confidence: 0.95,
      experiment: 'checkout',
      control: 'A',
      exposure: { event: 'experiment_exposure', filters: [], experiment_key: 'experiment_key', variant: 'variant' },
      window_seconds: 604800,
      metrics: [{ ...metric, filters: [], goal: 'increase', guardrail: false }],
      only_complete: false,
      minimum_effect: 0.05,
      tuning: 5000,
      srm_threshold: 0.001,
    });
  });

  test('a normalised definition is left as it is', () => {
    const normalized = normalize({
      ...smallest,
      split: { A: 1, B: 3 },
      covariate: { event: 'page_view', lookback_days: 7 },
      metrics: [
        metric,
        { name: 'r', type: 'ratio', numerator: { event: 'a' }, denominator: { event: 'b', measure: { sum: 'x' } } },
        { name: 'q', type: 'quantile', event: 'a', measure: { max: 'x' }, quantile: 0.5, winsorize: 0.99 },
      ],
    });
    expect(normalize(normalized)).toEqual(normalized);
  });

  test.each([
    ['metrics', { metrics: [] }],
    ['metrics.0.event', { metrics: [{ name: 'x', type: 'conversion' }] }],
    ['metrics.0.type', { metrics: [{ ...metric, type: 'median' }] }],
    ['metrics.0.quantile', { metrics: [{ ...metric, type: 'quantile' }] }],
    ['metrics.0.winsorize', { metrics: [{ ...metric, winsorize: 0.9 }] }],
    ['metrics.0.measure', { metrics: [{ ...metric, type: 'mean', measure: 'median' }] }],
    ['metrics.1.name', { metrics: [metric, metric] }],
    ['split', { split: { B: 1, C: 1 } }],
    ['split', { split: { A: 1 } }],
    ['split.B', { split: { A: 1, B: 0 } }],
    ['control', { control: '' }],
    ['srm_threshold', { srm_threshold: 1 }],
    ['tuning', { tuning: 0 }],
    ['covariate.lookback_days', { covariate: { event: 'a', lookback_days: 0 } }],
    ['window', { window: 5 }],
  ])('a fault at %s is named (%#)', (path, change) => {
    expect(faultsOf(change)).toEqual([path]);
  });

  test('nothing of the definition becomes text of the query', () => {
    const hostile = "x'; DROP TABLE events; -- ` {a:String}";
    const compiled = compile({
      ...smallest,
      experiment: hostile,
      control: hostile,
      split: { [hostile]: 1, B: 1 },
      exposure: { experiment_key: hostile, variant: hostile },
      metrics: [{ ...metric, name: hostile, type: 'mean', measure: { sum: hostile } }],
    });
    expect(compiled.sql).not.toContain('DROP');
    expect(compiled.meta?.sql).not.toContain('DROP');
    expect(Object.values(compiled.params).some(({ value }) => value === hostile)).toBe(true);
  });
});
