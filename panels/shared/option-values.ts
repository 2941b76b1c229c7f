/** One of the values that exist, or what stands for any other. */
export const oneOf = <T extends string>(allowed: readonly T[], value: unknown, otherwise: T): T =>
  allowed.find((item) => item === value) ?? otherwise;

export const flagOr = (value: unknown, otherwise: boolean): boolean => (typeof value === 'boolean' ? value : otherwise);

/** A whole number within bounds, or what stands for any other. */
export function wholeOr(value: unknown, least: number, most: number, otherwise: number): number {
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
  return Number.isInteger(number) && number >= least && number <= most ? number : otherwise;
}
