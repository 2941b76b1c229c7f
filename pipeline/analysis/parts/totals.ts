import { call, compare, plus } from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';

/**
 * Whether a row of GROUPING SETS is a total over `key`, which grouping() says with 1. It is asked by way of a count:
 * ClickHouse leaves out the row of the empty set where no aggregate is left, as when a query around this one selects the
 * time alone, and would drop a count that changes nothing.
 */
export const isTotalOver = (key: Expression): Expression =>
  compare(plus(call('count'), call('grouping', key)), '>', call('count'));
