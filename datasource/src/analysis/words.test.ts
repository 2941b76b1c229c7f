import { describe, expect, it } from 'vitest';
import { describeDefinition } from './words.ts';

describe('a definition in words', () => {
  it.each([
    [
      {
        analysis: 'funnel',
        steps: [
          { event: 'content_view' },
          { event: 'purchase', filters: [{ property: 'amount', op: 'gt', value: 0 }] },
        ],
        window_seconds: 604_800,
      },
      'Of users that did content_view in the time range, how many then did purchase (amount > 0): in this order, with anything in between, within 7 days of the first.',
    ],
    [
      { analysis: 'retention', period: 'week', start: { event: 'purchase' }, return: { event: 'purchase' } },
      'Of users by the week of their first purchase, how many come back with purchase in each week after.',
    ],
    [
      {
        analysis: 'trend',
        interval: 'hour',
        series: [{ event: 'purchase', measure: { sum: 'amount' } }, { measure: 'unique_users' }],
        formula: 'A / B',
        breakdown: 'country',
      },
      'Per hour: A, the sum of amount of purchase; B, the users with events of any type; and A / B, for each country.',
    ],
    [
      { analysis: 'experiment', experiment: 'checkout', control: 'old', metrics: [{ name: 'Bought' }], covariate: {} },
      'Of users by the variant of checkout that they saw first, how do Bought differ from old within 7 days? Users who saw two variants are left out. Differences that users had before are taken out (CUPED).',
    ],
    [
      { analysis: 'paths', end: 'purchase', depth: 3, filters: [{ property: 'country', op: 'eq', value: 'DE' }] },
      'Which types of events follow each other that lead to the first purchase of a session, up to 3 of them. Only events with country is “DE” are looked at.',
    ],
    [
      { analysis: 'segments', members: true, segment: 'churn_risk' },
      'Users of the segment churn_risk on the last day, and why they are in it.',
    ],
    [{ analysis: 'unheard_of' }, 'The analysis unheard_of.'],
  ])('%j', (definition, words) => {
    expect(describeDefinition(definition)).toBe(words);
  });

  it('says what it can of what is still being written', () => {
    for (const analysis of ['funnel', 'retention', 'trend', 'experiment', 'paths', 'revenue', 'segments'])
      expect(describeDefinition({ analysis })).not.toContain('undefined');
  });
});
