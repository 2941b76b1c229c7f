import { describe, expect, test } from 'vitest';
import { normalize } from '../compile.ts';
import { DefinitionError } from '../definitions/error.ts';
import { checkCatalogue } from './check-catalogue.ts';
import { resolveNames, type Catalogue } from './resolve-names.ts';

const filters = [{ property: 'amount', op: 'gt', value: 0 }];
const catalogue: Catalogue = {
  events: { order: { event: 'purchase', filters, name: 'Bought', description: 'Money comes in' } },
  metrics: {
    conversion: { type: 'conversion', event: 'purchase', filters, description: 'Who buys' },
    aov: { type: 'ratio', numerator: { event: 'purchase', measure: { sum: 'amount' } }, denominator: 'order' },
  },
  definitions: {
    buyers: { analysis: 'funnel', steps: [{ event: 'view' }, 'order'], description: 'From view to order' },
    circle: { analysis: 'why', of: 'circle', user: '00000000-0000-4000-8000-000000000000' },
  },
};

const faultOf = (input: unknown): unknown => {
  try {
    resolveNames(input, catalogue);
  } catch (error) {
    if (error instanceof DefinitionError) return error.faults[0];
    throw error;
  }
  return undefined;
};

describe('names in definitions', () => {
  test('a definition, and the events in its steps, which keep the name that people see', () => {
    expect(resolveNames('buyers', catalogue)).toEqual({
      analysis: 'funnel',
      steps: [{ event: 'view' }, { event: 'purchase', filters, name: 'Bought' }],
    });
  });

  test('metrics and the sides of ratios; a metric is called as in the catalogue', () => {
    const input = {
      analysis: 'experiment',
      experiment: 'e',
      control: 'A',
      metrics: ['conversion', 'aov'],
      exposure: 'order',
    };
    expect(resolveNames(input, catalogue)).toEqual({
      ...input,
      metrics: [
        { name: 'conversion', type: 'conversion', event: 'purchase', filters },
        {
          name: 'aov',
          type: 'ratio',
          numerator: { event: 'purchase', measure: { sum: 'amount' } },
          denominator: { event: 'purchase', filters },
        },
      ],
      exposure: { event: 'purchase', filters },
    });
    expect(normalize(resolveNames(input, catalogue))).toMatchObject({ exposure: { variant: 'variant' } });
  });

  test('start and return of retention, but not the start of paths, which is the name of a node', () => {
    expect(resolveNames({ analysis: 'retention', start: 'order', return: 'order' }, catalogue)).toMatchObject({
      start: { event: 'purchase', filters },
      return: { event: 'purchase', filters },
    });
    const paths = { analysis: 'paths', start: 'order' };
    expect(resolveNames(paths, catalogue)).toEqual(paths);
  });

  test('the definition that why is about', () => {
    const user = '00000000-0000-4000-8000-000000000000';
    expect(normalize(resolveNames({ analysis: 'why', of: 'buyers', user }, catalogue))).toMatchObject({
      of: { analysis: 'funnel' },
    });
  });

  test('what has no names comes back as it was, unchanged', () => {
    for (const input of [{ analysis: 'sessions' }, 5, null, [1], { analysis: 'funnel', steps: 3 }])
      expect(resolveNames(input, catalogue)).toEqual(input);
  });

  test('a name that is not there is answered with those that are', () => {
    expect(faultOf({ analysis: 'funnel', steps: ['order', 'ordr'] })).toEqual({
      path: 'steps.1',
      found: '"ordr"',
      allowed: 'the name of one of the events in the catalogue: "order"',
    });
    expect(faultOf({ analysis: 'experiment', metrics: ['toString'] })).toMatchObject({ path: 'metrics.0' });
    expect(faultOf('nothing')).toMatchObject({ path: '', found: '"nothing"' });
  });

  test('a definition about itself is refused', () => {
    expect(faultOf('circle')).toMatchObject({ path: 'of', allowed: 'a definition that is not about itself' });
  });
});

test('a catalogue is checked entry by entry, with paths into it', () => {
  const bad: Catalogue = {
    events: { Order: { event: 'purchase' }, view: { event: 'Content View' } },
    metrics: { m: { type: 'mean' }, r: { type: 'ratio', numerator: 'nobody', denominator: 'view' } },
    definitions: { d: { analysis: 'funnel', steps: [] } },
  };
  expect(checkCatalogue(bad).map(({ path }) => path)).toEqual([
    'events.Order',
    'events.view.event',
    'metrics.m.event',
    'metrics.r.numerator',
    'definitions.d.steps',
  ]);
  expect(checkCatalogue(catalogue).map(({ path }) => path)).toEqual(['definitions.circle.of']);
});
