/** A rate and its confidence interval; null where nothing was counted. */
export interface Rate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export const NO_RATE: Rate = { value: null, low: null, high: null };

/** The 97.5 % quantile of the standard normal distribution: two-sided 95 %. */
const Z_95 = 1.959963984540054;

/**
 * A rate with its Wilson score interval, without continuity correction (Wilson, 1927). For data that carries no
 * intervals; analyses bring theirs from ClickHouse.
 * @param z quantile of the standard normal distribution
 */
export function wilson(count: number, total: number, z = Z_95): Rate {
  if (total <= 0) return NO_RATE;
  const value = count / total;
  const spread = (z * z) / total;
  const center = (value + spread / 2) / (1 + spread);
  const half = (z * Math.sqrt((value * (1 - value)) / total + spread / (4 * total))) / (1 + spread);
  return { value, low: Math.max(0, center - half), high: Math.min(1, center + half) };
}
