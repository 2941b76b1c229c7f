/** Numbers as people read them in a terminal. */

export const count = (value: unknown): string => (typeof value === 'number' ? value.toLocaleString('en-US') : '–');

/** A fraction as a percentage with one decimal. */
export const percent = (value: unknown): string => (typeof value === 'number' ? `${(value * 100).toFixed(1)} %` : '–');

const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
];

/** Seconds as `3d 4h`, `12m 30s`, `4.2s`, `120ms`: two units, largest first. */
export function duration(value: unknown): string {
  if (typeof value !== 'number') return '–';
  if (value < 1) return `${String(Math.round(value * 1000))}ms`;
  if (value < 60) return `${value.toFixed(1)}s`;
  const seconds = Math.round(value);
  const index = UNITS.findIndex(([, size]) => seconds >= size);
  const [unit, size] = UNITS[index] ?? ['m', 60];
  const [smaller, smallerSize] = UNITS[index + 1] ?? ['s', 1];
  const rest = Math.floor((seconds % size) / smallerSize);
  return `${String(Math.floor(seconds / size))}${unit}${rest === 0 ? '' : ` ${String(rest)}${smaller}`}`;
}
