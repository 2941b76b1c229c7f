import { isMoney, propertyMoney, propertyNumber } from '../parts/properties.ts';
import { and, call, cast, column, equal, over, parametric } from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';
import { AGGREGATES, type Aggregate, type Measure, type Series } from './schema.ts';

export const matchName = (index: number): string => `match_${String(index + 1)}`;
export const amountName = (index: number): string => `amount_${String(index + 1)}`;
export const valueName = (index: number): string => `value_${String(index + 1)}`;

interface Aggregated {
  readonly aggregate: Aggregate;
  readonly property: string;
}

/** The aggregate of a measure, undefined for those that count. */
function aggregatedOf(measure: Measure): Aggregated | undefined {
  if (typeof measure === 'string') return undefined;
  for (const aggregate of AGGREGATES) {
    const property = measure[aggregate];
    if (property !== undefined) return { aggregate, property };
  }
  return undefined;
}

/** Whether a series is a sum of money, which is never a floating-point number. */
export function isSumOfMoney({ measure }: Series): boolean {
  const aggregated = aggregatedOf(measure);
  return aggregated?.aggregate === 'sum' && isMoney(aggregated.property);
}

const MONEY = 'Nullable(Decimal(38, 9))';
const NUMBER = 'Nullable(Float64)';

const typeOf = ({ aggregate, property }: Aggregated): typeof MONEY | typeof NUMBER =>
  isMoney(property) && (aggregate === 'sum' || aggregate === 'avg') ? MONEY : NUMBER;

/** What a series takes from an event besides that it matches; undefined for series that count. */
export function amountOf({ measure }: Series): Expression | undefined {
  const aggregated = aggregatedOf(measure);
  if (aggregated === undefined) return undefined;
  const type = typeOf(aggregated);
  const { property } = aggregated;
  return cast(type === MONEY ? propertyMoney(property) : propertyNumber(property), type);
}

/** No amount, for rows that stand for no event. */
export const noAmountOf = ({ measure }: Series): Expression | undefined => {
  const aggregated = aggregatedOf(measure);
  return aggregated === undefined ? undefined : cast(null, typeOf(aggregated));
};

const QUANTILES = { median: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;

function aggregateExpression({ aggregate, property }: Aggregated, amount: Expression, match: Expression): Expression {
  const number = call('countIf', and(match, call('isNotNull', amount)));
  const orNull = (of: Expression): Expression => call('if', equal(number, 0), null, of);
  switch (aggregate) {
    case 'sum':
      return isMoney(property)
        ? call('ifNull', call('sumIf', amount, match), cast(0, 'Decimal(38, 9)'))
        : call('ifNull', call('sumKahanIf', amount, match), call('toFloat64', 0));
    case 'avg':
      // Money is added exactly before it is divided.
      return over(
        call('toFloat64', call(isMoney(property) ? 'sumIf' : 'sumKahanIf', amount, match)),
        call('nullIf', number, 0),
      );
    case 'min':
      return orNull(call('minIf', amount, match));
    case 'max':
      return orNull(call('maxIf', amount, match));
    case 'median':
    case 'p90':
    case 'p95':
    case 'p99':
      return orNull(parametric('quantileExactInclusiveIf', [QUANTILES[aggregate]], amount, match));
  }
}

/** A series' value over the rows of one group. */
export function measureExpression({ measure }: Series, index: number): Expression {
  const match = column(matchName(index));
  const aggregated = aggregatedOf(measure);
  if (aggregated !== undefined) return aggregateExpression(aggregated, column(amountName(index)), match);
  const count = call('countIf', match);
  const users = call('uniqExactIf', column('user_id'), match);
  if (measure === 'per_user') return over(count, call('nullIf', users, 0));
  return measure === 'unique_users' ? users : count;
}
