/** Measures of a property, by their names in definitions, as forms and sentences say them. */
const WORDS = {
  sum: 'sum of',
  avg: 'mean of',
  min: 'least',
  max: 'largest',
  median: 'median of',
  p90: '90 % quantile of',
  p95: '95 % quantile of',
  p99: '99 % quantile of',
  distinct: 'distinct values of',
} as const;

export const MEASURE_WORDS: Readonly<Record<string, string>> = WORDS;

/** Some of them, in the order given. */
export const measuresNamed = (...names: readonly (keyof typeof WORDS)[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, WORDS[name]]));
