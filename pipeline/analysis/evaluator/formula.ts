/** Arithmetic over the letters of series, computed by descent over the text. */

/**
 * The value of a formula.
 * @param letters values of the series A, B, C …
 * @returns null where a value that takes part is null or a divisor is 0
 */
export function evaluateFormula(formula: string, letters: readonly (number | null)[]): number | null {
  const tokens = formula.match(/\d+(\.\d+)?|\S/g) ?? [];
  let position = 0;
  const take = (...signs: string[]): string | undefined =>
    signs.includes(tokens[position] ?? '') ? tokens[position++] : undefined;

  const factor = (): number | null => {
    if (take('-', '−') !== undefined) return combine('-', 0, factor());
    if (take('(') !== undefined) {
      const inside = sum();
      position += 1;
      return inside;
    }
    const token = tokens[position++] ?? '';
    return /[A-Z]/.test(token) ? (letters[token.charCodeAt(0) - 65] ?? null) : Number(token);
  };
  const product = (): number | null => {
    let left = factor();
    for (let sign = take('*', '×', '/', '÷'); sign !== undefined; sign = take('*', '×', '/', '÷'))
      left = combine(sign, left, factor());
    return left;
  };
  const sum = (): number | null => {
    let left = product();
    for (let sign = take('+', '-', '−'); sign !== undefined; sign = take('+', '-', '−'))
      left = combine(sign, left, product());
    return left;
  };
  return sum();
}

function combine(sign: string, left: number | null, right: number | null): number | null {
  if (left === null || right === null) return null;
  if (sign === '+') return left + right;
  if (sign === '*' || sign === '×') return left * right;
  if (sign === '-' || sign === '−') return left - right;
  return right === 0 ? null : left / right;
}
