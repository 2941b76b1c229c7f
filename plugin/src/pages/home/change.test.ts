import { describe, expect, it } from 'vitest';
import { changeWords, spansOf } from './change.ts';

const at = (text: string): number => Date.parse(text);

describe('the day that is looked at', () => {
  it('is compared with the same part of the same day of the week before', () => {
    const { today, before, hours } = spansOf(at('2026-03-11T09:30:00Z'));
    expect(today).toEqual({ from: at('2026-03-11T00:00:00Z'), to: at('2026-03-11T09:30:00Z') });
    expect(before).toEqual({ from: at('2026-03-04T00:00:00Z'), to: at('2026-03-04T09:30:00Z') });
    expect(hours).toEqual({ from: at('2026-03-10T09:00:00Z'), to: at('2026-03-11T09:00:00Z') });
  });

  it('is the day before while nothing of the new day is complete', () => {
    const { today } = spansOf(at('2026-03-11T00:00:00Z'));
    expect(today).toEqual({ from: at('2026-03-10T00:00:00Z'), to: at('2026-03-11T00:00:00Z') });
  });
});

it.each([
  [110, 100, '10 % more than then', 1],
  [50, 100, '50 % fewer than then', -1],
  [1000, 1001, 'as many as then', 0],
  [3000, 100, '30 times as many as then', 1],
  [3, 0, 'none then', 1],
  [0, 0, 'none then either', 0],
])('%d after %d is %s', (today, before, text, direction) => {
  expect(changeWords(today, before)).toEqual({ text, direction });
});
