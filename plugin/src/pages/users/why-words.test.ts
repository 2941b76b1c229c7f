import { describe, expect, it } from 'vitest';
import { levelWords, reasonWords, stopWords } from './why-words.ts';

const funnel = { analysis: 'funnel', steps: [{ event: 'view', name: 'Viewed' }, { event: 'purchase' }] };

describe('how far a user came', () => {
  it.each([
    [funnel, { level: 0 }, 'Reached no step of 2'],
    [funnel, { level: 1 }, 'Reached step 1 of 2: Viewed'],
    [funnel, { level: 2 }, 'Reached the last step, 2 of 2: purchase'],
    [{ analysis: 'sessions' }, { level: 1 }, '1 session'],
    [{ analysis: 'revenue' }, { level: 3 }, '3 orders'],
    [{ analysis: 'segments' }, { level: 3, segment: 'power' }, 'Is in the segment “power”'],
    [{ analysis: 'experiment' }, { level: null, variant: 'blue' }, 'Saw the variant “blue”'],
    [{ analysis: 'activity' }, { level: null, cell: 'dau, wau' }, 'Counts as dau, wau'],
    [{ analysis: 'lifecycle' }, { level: null, cell: null }, 'Does not count'],
  ])('of %j with %j', (definition, verdict, words) => {
    expect(levelWords(definition, verdict)).toBe(words);
  });
});

it('says why in words, and sentences of an analysis as they are', () => {
  expect(stopWords({ reason: 'window_expired' })).toBe('The next step was done, but after the window had ended');
  expect(stopWords({ reason: null })).toBeUndefined();
  expect(reasonWords('window_expired')).toBe('Comes after the window had ended');
  expect(reasonWords('Four visits in seven days')).toBe('Four visits in seven days');
});
