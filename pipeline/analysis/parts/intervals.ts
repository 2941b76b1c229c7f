import { call, column, named, over, select, subquery, value } from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';

/**
 * The normal quantile of a two-sided interval: 1.96 for a confidence of 0.95. A query of its own, so that the function,
 * which ClickHouse expands as text, is computed once and not again wherever its result is used.
 */
export const twoSidedQuantile = (confidence: number): Expression => {
  const quantile = call('suuupra_normal_quantile', value('upper_quantile', 'Float64', (1 + confidence) / 2));
  return subquery(select({ columns: [named('z', quantile)] }));
};

/** count / total, null where total is 0. */
export const rate = (count: Expression, total: Expression): Expression => over(count, call('nullIf', total, 0));

/**
 * The bounds of Wilson's interval without continuity correction, null where total is 0.
 * @param quantile of the normal distribution, see twoSidedQuantile
 */
export const wilson = (count: Expression, total: Expression, quantile: Expression = column('z')) => ({
  low: call('suuupra_wilson_low', count, total, quantile),
  high: call('suuupra_wilson_high', count, total, quantile),
});
