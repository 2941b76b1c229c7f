/** Which purchases of a user are revenue. */
import { isInRange } from '../parts/events.ts';
import { breakdownText, propertyForms, propertyMoney } from '../parts/properties.ts';
import type { RevenueDefinition } from '../revenue/revenue.ts';
import {
  and,
  call,
  cast,
  column,
  compare,
  constant,
  equal,
  from,
  itself,
  named,
  not,
  select,
  value,
} from '../tree/build.ts';
import type { Expression, Select } from '../tree/nodes.ts';
import { COUNTED, explained, firstReason, ownEvents, reasonOf, type Explanation } from './explanation.ts';
import { because, word } from './reasons.ts';

const paid = column('paid');

/** `nets`: per currency what the user paid; `figures`: all of them in one line, and the orders. */
const totals = (isChosen: Expression): Select['with'] => [
  {
    name: 'nets',
    is: select({
      columns: [
        itself('currency_code'),
        named('net', call('ifNull', call('sum', paid), cast(0, 'Decimal(38, 9)'))),
        named('orders', call('uniqExactIf', column('order'), compare(paid, '>=', 0))),
      ],
      from: from('own'),
      where: and(isChosen, column('is_purchase'), column('in_range'), column('passes'), not(column('is_late'))),
      groupBy: [column('currency_code')],
    }),
  },
  {
    name: 'totals',
    is: select({
      columns: [
        named('all_orders', call('sum', column('orders'))),
        named('currencies', call('count')),
        named(
          'lines',
          call(
            'arrayStringConcat',
            call(
              'arraySort',
              call('groupArray', call('concat', column('currency_code'), word(' '), call('toString', column('net')))),
            ),
            word('; '),
          ),
        ),
      ],
      from: from('nets'),
    }),
  },
  {
    name: 'counts',
    is: select({
      columns: [
        named('verdict_reason', firstReason('no_value', 'out_of_range', 'filtered', 'other_event', 'after_as_of')),
      ],
      from: from('explained'),
    }),
  },
  {
    name: 'figures',
    is: select({
      columns: ['all_orders', 'currencies', 'lines', 'verdict_reason'].map(itself),
      from: from('totals'),
      joins: [{ type: 'cross', source: from('counts') }],
    }),
  },
];

/** The cell of an event is its currency, that of the user what was paid in each, such as `EUR 30; USD 2.5`. */
export function explainRevenue(definition: RevenueDefinition, user: string): Explanation {
  const { currency } = definition;
  const isChosen: Expression =
    currency === undefined ? constant(true) : equal(column('currency_code'), value('currency', 'String', currency));
  return {
    queries: [
      ownEvents(definition, user, [
        named('is_purchase', equal(column('event_type'), value('purchase', 'String', 'purchase'))),
        named('paid', propertyMoney('amount')),
        named('order', propertyForms('order_id').text),
        named('currency_code', breakdownText('currency')),
        named('in_range', isInRange(definition)),
      ]),
      explained('own', {
        role: call(
          'multiIf',
          not(column('is_purchase')),
          null,
          compare(paid, '<', 0),
          word('refund'),
          word('purchase'),
        ),
        cell: call('if', column('is_purchase'), column('currency_code'), null),
        reason: reasonOf(
          not(column('is_purchase')),
          because('other_event'),
          not(isChosen),
          because('filtered'),
          call('isNull', paid),
          because('no_value'),
          not(column('in_range')),
          because('out_of_range'),
          COUNTED,
        ),
      }),
    ],
    verdict: {
      level: call('toNullable', column('all_orders')),
      cell: call('if', equal(column('currencies'), 0), null, column('lines')),
      reason: column('verdict_reason'),
    },
    verdictFrom: { queries: totals(isChosen), name: 'figures' },
  };
}
