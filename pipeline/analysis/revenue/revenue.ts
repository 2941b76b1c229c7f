import * as v from 'valibot';
import { columns, defineAnalysis, type Plan } from '../analysis.ts';
import { commonEntries } from '../definitions/common.ts';
import { object } from '../definitions/object.ts';
import { INTERVALS, bucketOf, startOfBucket } from '../parts/buckets.ts';
import { eventsOf, isInRange } from '../parts/events.ts';
import { breakdownText, propertyForms, propertyMoney } from '../parts/properties.ts';
import { isTotalOver } from '../parts/totals.ts';
import {
  and,
  ascending,
  call,
  column,
  compare,
  equal,
  from,
  itself,
  minus,
  named,
  over,
  select,
  value,
} from '../tree/build.ts';
import type { Expression, Select } from '../tree/nodes.ts';

export const revenueSchema = v.pipe(
  object({
    analysis: v.literal('revenue'),
    ...commonEntries,
    interval: v.optional(v.picklist(INTERVALS), 'day'),
    currency: v.optional(
      v.pipe(
        v.string(),
        v.description('Rows of this currency only; unlike a filter it leaves alone who counts as an active user'),
      ),
    ),
  }),
  v.description('Money of purchases per interval and currency, refunds apart'),
);
export type RevenueDefinition = v.InferOutput<typeof revenueSchema>;

const COLUMNS = columns({
  time: 'time?',
  currency: 'text',
  gross: 'money',
  refunds: 'money',
  net: 'money',
  orders: 'count',
  buyers: 'count',
  aov: 'number?',
  arpu: 'number?',
  arppu: 'number?',
});

const amount = column('amount');
/** Null where a purchase has no amount. */
const paid = column('paid');
const bucket = column('bucket');

/**
 * Events in range; purchases, and users of any event for the revenue per active user. A purchase without an amount
 * makes a row of its interval and currency, as any other, and counts for nothing in it.
 */
function eventQueries(definition: RevenueDefinition): Select['with'] {
  const inInterval = named('bucket', bucketOf(column('timestamp'), definition.interval, definition.timezone));
  return [
    {
      name: 'payments',
      is: eventsOf(definition, {
        columns: [
          inInterval,
          itself('user_id'),
          named('currency_code', breakdownText('currency')),
          named('paid', propertyMoney('amount')),
          named('order', propertyForms('order_id').text),
        ],
        where: and(isInRange(definition), equal(column('event_type'), value('purchase', 'String', 'purchase'))),
      }),
    },
    {
      name: 'purchases',
      is: select({
        columns: [
          ...['bucket', 'user_id', 'currency_code', 'order', 'paid'].map(itself),
          named('amount', call('ifNull', column('paid'), 0)),
        ],
        from: from('payments'),
      }),
    },
    {
      name: 'active',
      is: eventsOf(definition, { columns: [inInterval, itself('user_id')], where: isInRange(definition) }),
    },
  ];
}

const isTotal = named('is_total', isTotalOver(bucket));

const moneyOf = (currency: string | undefined): Select =>
  select({
    columns: [
      isTotal,
      itself('bucket'),
      named('currency', column('currency_code')),
      named('gross', call('sumIf', amount, compare(amount, '>', 0))),
      named('refunds', call('negate', call('sumIf', amount, compare(amount, '<', 0)))),
      named('orders', call('uniqExactIf', column('order'), compare(paid, '>=', 0))),
      named('buyers', call('uniqExactIf', column('user_id'), compare(paid, '>=', 0))),
    ],
    from: from('purchases'),
    ...(currency === undefined ? {} : { where: equal(column('currency_code'), value('currency', 'String', currency)) }),
    groupingSets: [[column('currency_code'), bucket], [column('currency_code')]],
  });

const activeUsers: Select = select({
  columns: [isTotal, itself('bucket'), named('active_users', call('uniqExact', column('user_id')))],
  from: from('active'),
  groupingSets: [[bucket], []],
});

function plan(definition: RevenueDefinition): Plan {
  const net = minus(column('gross'), column('refunds'));
  const per = (of: Expression, number: string): Expression =>
    over(call('toFloat64', of), call('nullIf', column(number), 0));
  const query = select({
    with: [
      ...eventQueries(definition),
      { name: 'money', is: moneyOf(definition.currency) },
      { name: 'active_users', is: activeUsers },
    ],
    columns: [
      named(
        'time',
        call('if', column('is_total'), null, startOfBucket(bucket, definition.interval, definition.timezone)),
      ),
      itself('currency'),
      itself('gross'),
      itself('refunds'),
      named('net', net),
      itself('orders'),
      itself('buyers'),
      named('aov', per(column('gross'), 'orders')),
      named('arpu', per(net, 'active_users')),
      named('arppu', per(net, 'buyers')),
    ],
    from: from('money'),
    // The total has the start of nothing, in both queries the same.
    joins: [{ type: 'inner', source: from('active_users'), using: ['is_total', 'bucket'] }],
    orderBy: [ascending(column('time'), 'first'), ascending(column('currency'))],
  });
  return { query, columns: COLUMNS };
}

/** Revenue per interval and currency, and per currency in total; currencies are never converted or added. */
export const revenue = defineAnalysis({ name: 'revenue', schema: revenueSchema, compile: plan });
