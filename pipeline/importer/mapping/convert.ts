import type { PropertyValue } from '@suuupra/contracts';

/** Why a value cannot be converted: what would be allowed in its place. */
export class Unfit {
  readonly allowed: string;

  constructor(allowed: string) {
    this.allowed = allowed;
  }
}

/** Brings a value that is not absent into the form that a field wants. */
export type Convert = (value: unknown) => PropertyValue | Unfit;

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const YES: ReadonlySet<string> = new Set(['true', 't', 'yes', 'y', '1']);
const NO: ReadonlySet<string> = new Set(['false', 'f', 'no', 'n', '0']);

/** A scalar as text: numbers as JSON writes them, moments in ISO 8601. */
export const toText: Convert = (value) => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  return new Unfit('a text, a number or a boolean');
};

/** A finite number. Whole numbers that a double cannot hold are refused rather than rounded. */
export const toNumber: Convert = (value) => {
  const text = typeof value === 'string' ? value.trim() : value;
  if (typeof text === 'string' && !DECIMAL.test(text)) return new Unfit('a number');
  if (typeof text !== 'string' && typeof text !== 'number' && typeof text !== 'bigint') return new Unfit('a number');
  const number = Number(text);
  if (!Number.isFinite(number)) return new Unfit('a finite number');
  const rounded = typeof text === 'bigint' ? BigInt(number) !== text : !keepsWhole(String(text), number);
  return rounded ? new Unfit('a number that a double holds exactly; as text: `type: string`') : number;
};

/** Whether the digits of a whole number survive as a double. */
const keepsWhole = (text: string, number: number): boolean =>
  !/^[+-]?\d{16,}$/.test(text) || BigInt(text.replace('+', '')) === BigInt(number);

export const toBoolean: Convert = (value) => {
  if (typeof value === 'boolean') return value;
  const text = (typeof value === 'string' || typeof value === 'number' ? String(value) : '').trim().toLowerCase();
  if (YES.has(text)) return true;
  return NO.has(text) ? false : new Unfit('true, false, t, f, yes, no, y, n, 1 or 0');
};

/** A property as the file has it: text, numbers and booleans stay what they are. */
export const asItIs: Convert = (value) => {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return toNumber(value);
  if (value instanceof Date) return toText(value);
  return new Unfit('a text, a number or a boolean; for an object `properties_json`, or a column such as `object.key`');
};

export const CONVERSIONS = {
  string: toText,
  number: toNumber,
  boolean: toBoolean,
} as const satisfies Record<string, Convert>;
