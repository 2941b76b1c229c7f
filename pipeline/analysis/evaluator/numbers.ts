/** Rates, intervals, quantiles and exact decimal numbers. */

/** A quotient, null where the denominator is 0. */
export function rate(count: number, size: number): number | null {
  return size === 0 ? null : count / size;
}

/** Not a number where there are none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The sample covariance, divided by n − 1. */
export function covariance(left: readonly number[], right: readonly number[]): number {
  const [a, b] = [mean(left), mean(right)];
  const sum = left.reduce((total, value, index) => total + (value - a) * ((right[index] ?? 0) - b), 0);
  return sum / (left.length - 1);
}

/** The sample variance, divided by n − 1. */
export function variance(values: readonly number[]): number {
  return covariance(values, values);
}

/** Φ(x) by the series ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …), all of whose terms have one sign. */
function normalBelow(x: number): number {
  let term = x;
  let sum = x;
  for (let odd = 3; odd < 400; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

const zs = new Map<number, number>();

/** The z with P(|Z| ≤ z) = confidence, by bisection. */
export function twoSidedZ(confidence: number): number {
  const known = zs.get(confidence);
  if (known !== undefined) return known;
  let low = 0;
  let high = 10;
  for (let turn = 0; turn < 100; turn += 1) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < (1 + confidence) / 2) low = middle;
    else high = middle;
  }
  zs.set(confidence, (low + high) / 2);
  return (low + high) / 2;
}

/** Wilson's score interval without continuity correction; nulls without trials. */
export function wilson(count: number, size: number, confidence: number): [number | null, number | null] {
  if (size === 0) return [null, null];
  const z = twoSidedZ(confidence);
  const p = count / size;
  const centre = p + (z * z) / (2 * size);
  const half = z * Math.sqrt((p * (1 - p)) / size + (z * z) / (4 * size * size));
  const scale = 1 + (z * z) / size;
  return [(centre - half) / scale, (centre + half) / scale];
}

/** The quantile of Hyndman and Fan's type 7; null of nothing. */
export function quantile(values: readonly number[], level: number): number | null {
  const sorted = values.toSorted((left, right) => left - right);
  const position = (sorted.length - 1) * level;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (position - Math.floor(position));
}

/** Decimal places that exact numbers carry: more than the shortest text of any double of everyday size has. */
const PLACES = 40;

/** The exact decimal value of a JSON number, times 10 to the power of `PLACES`. */
export function exact(number: number): bigint {
  const [mantissa = '', exponent = '0'] = String(number).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const zeros = PLACES - fraction.length + Number(exponent);
  if (zeros < 0) throw new RangeError(`${number} has more than ${PLACES} decimal places`);
  return BigInt(whole + fraction) * 10n ** BigInt(zeros);
}

/** The text of an exact number, without zeros at the end. */
export function decimalText(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(PLACES + 1, '0');
  const fraction = digits.slice(-PLACES).replace(/0+$/, '');
  const text = digits.slice(0, -PLACES) + (fraction === '' ? '' : `.${fraction}`);
  return value < 0n ? `-${text}` : text;
}
