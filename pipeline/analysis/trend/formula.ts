/**
 * Arithmetic over the letters of series: + − × ÷ (also - * /), parentheses, numbers.
 *
 *     sum     = product { ("+" | "-") product }
 *     product = factor { ("*" | "/") factor }
 *     factor  = "-" factor | "(" sum ")" | number | letter
 */
import { call, minus, over, plus, times, value } from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';

export type Formula =
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'series'; readonly index: number }
  | { readonly kind: 'negative'; readonly of: Formula }
  | { readonly kind: 'operation'; readonly sign: Sign; readonly left: Formula; readonly right: Formula };
type Sign = '+' | '-' | '*' | '/';

const SIGNS: Readonly<Record<string, Sign>> = { '−': '-', '×': '*', '÷': '/' };
const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Z])|([-+*/()−×÷]))/y;

interface Token {
  readonly text: string;
  readonly at: number;
}

function tokenize(text: string): readonly Token[] | string {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) return `no ${JSON.stringify(text.slice(at).trim()[0])} at character ${String(at + 1)}`;
    const token = match[0].trim();
    tokens.push({ text: SIGNS[token] ?? token, at: TOKEN.lastIndex });
  }
  return tokens;
}

class Unexpected extends Error {}

/** @returns the formula, or in words what is wrong with it */
export function parseFormula(text: string, series: number): Formula | string {
  const tokens = tokenize(text);
  if (typeof tokens === 'string') return tokens;
  let position = 0;
  const peek = (): string | undefined => tokens[position]?.text;
  const isNext = (...texts: readonly string[]): boolean => texts.includes(peek() ?? '');
  const operation = (left: Formula, operand: () => Formula): Formula => {
    const sign = peek() as Sign;
    position++;
    return { kind: 'operation', sign, left, right: operand() };
  };

  const factor = (): Formula => {
    const token = tokens[position++];
    if (token === undefined) throw new Unexpected('no end where a number, a letter or ( must stand');
    if (token.text === '-') return { kind: 'negative', of: factor() };
    if (token.text === '(') {
      const inner = sum();
      if (!isNext(')')) throw new Unexpected('a ) for every (');
      position++;
      return inner;
    }
    if (/^\d/.test(token.text)) return { kind: 'number', number: Number(token.text) };
    if (!/^[A-Z]$/.test(token.text)) throw new Unexpected(`no ${token.text} at character ${String(token.at)}`);
    const index = token.text.charCodeAt(0) - 65;
    if (index >= series) throw new Unexpected(`letters of the series only, ${letterOf(0)} to ${letterOf(series - 1)}`);
    return { kind: 'series', index };
  };
  const product = (): Formula => {
    let left = factor();
    while (isNext('*', '/')) left = operation(left, factor);
    return left;
  };
  const sum = (): Formula => {
    let left = product();
    while (isNext('+', '-')) left = operation(left, product);
    return left;
  };

  try {
    const formula = sum();
    if (position < tokens.length) throw new Unexpected(`no ${String(peek())} where an operator must stand`);
    return formula;
  } catch (error) {
    if (error instanceof Unexpected) return error.message;
    throw error;
  }
}

/** The letter of a series by its position from 0. */
export const letterOf = (index: number): string => String.fromCharCode(65 + index);

/**
 * The formula over the values of the series. Null where one of them is, and where it divides by zero.
 * @param valueOf a series' value by its position
 */
export function formulaExpression(formula: Formula, valueOf: (index: number) => Expression): Expression {
  switch (formula.kind) {
    case 'number':
      return value('number', 'Float64', formula.number);
    case 'series':
      return valueOf(formula.index);
    case 'negative':
      return call('negate', formulaExpression(formula.of, valueOf));
    case 'operation': {
      const left = formulaExpression(formula.left, valueOf);
      const right = formulaExpression(formula.right, valueOf);
      const apply = { '+': plus, '-': minus, '*': times, '/': over }[formula.sign];
      return apply(left, formula.sign === '/' ? call('nullIf', right, 0) : right);
    }
  }
}
