import { describe, expect, test } from 'vitest';
import { parseFormula, type Formula } from './formula.ts';

/** A formula worked out over numbers, so that the tests read as arithmetic. */
function worth(formula: Formula, series: readonly number[]): number {
  switch (formula.kind) {
    case 'number':
      return formula.number;
    case 'series':
      return series[formula.index] ?? NaN;
    case 'negative':
      return -worth(formula.of, series);
    case 'operation': {
      const [left, right] = [worth(formula.left, series), worth(formula.right, series)];
      return { '+': left + right, '-': left - right, '*': left * right, '/': left / right }[formula.sign];
    }
  }
}

const evaluate = (text: string, ...series: number[]): number | string => {
  const formula = parseFormula(text, series.length);
  return typeof formula === 'string' ? formula : worth(formula, series);
};

describe('formula', () => {
  test.each([
    ['A', [7], 7],
    ['A + B * 2', [1, 3], 7],
    ['(A + B) * 2', [1, 3], 8],
    ['A − B − 1', [10, 3], 6],
    ['A ÷ B × 100', [1, 4], 25],
    ['-A * -(B + 0.5)', [2, 1], 3],
    ['100 / A / B', [5, 4], 5],
    ['  A\t/ B\n', [6, 3], 2],
  ])('%s over %j is %d', (text, series, result) => {
    expect(evaluate(text, ...series)).toBe(result);
  });

  test.each([
    ['A +', 'no end where a number, a letter or ( must stand'],
    ['', 'no end where a number, a letter or ( must stand'],
    ['A B', 'no B where an operator must stand'],
    ['(A', 'a ) for every ('],
    ['A)', 'no ) where an operator must stand'],
    ['C + 1', 'letters of the series only, A to B'],
    ['A * x', 'no "x" at character 4'],
    ['A; DROP TABLE events', 'no ";" at character 2'],
    ['* A', 'no * at character 1'],
  ])('%j is refused with what may stand there', (text, reason) => {
    expect(evaluate(text, 1, 2)).toBe(reason);
  });
});
