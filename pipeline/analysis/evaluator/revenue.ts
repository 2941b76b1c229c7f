/** Revenue per interval and currency. */
import type { RevenueDefinition, Row } from './definition.ts';
import { startOfInterval, timeText } from './calendar.ts';
import { compareBytes, propertyOf, textOf } from './filters.ts';
import type { Log, Timed } from './log.ts';
import { groupBy, isInRange } from './log.ts';
import { decimalText, exact, rate } from './numbers.ts';

function amountOf(event: Timed): bigint | undefined {
  const amount = propertyOf(event, 'amount');
  return typeof amount === 'number' ? exact(amount) : undefined;
}

function revenueRow(time: string | null, currency: string, purchases: readonly Timed[], active: readonly Timed[]): Row {
  let gross = 0n;
  let refunds = 0n;
  const orders = new Set<string>();
  const buyers = new Set<string>();
  for (const event of purchases) {
    const amount = amountOf(event);
    if (amount === undefined) continue;
    if (amount < 0n) {
      refunds -= amount;
      continue;
    }
    gross += amount;
    buyers.add(event.user_id);
    const order = propertyOf(event, 'order_id');
    if (order !== undefined) orders.add(textOf(order));
  }
  const net = gross - refunds;
  const users = new Set(active.map((event) => event.user_id)).size;
  return {
    time,
    currency,
    gross: decimalText(gross),
    refunds: decimalText(refunds),
    net: decimalText(net),
    orders: orders.size,
    buyers: buyers.size,
    aov: rate(Number(decimalText(gross)), orders.size),
    arpu: rate(Number(decimalText(net)), users),
    arppu: rate(Number(decimalText(net)), buyers.size),
  };
}

/** Rows per currency: of the whole range, then of every interval in which there are purchases in it. */
export function revenue(log: Log, definition: RevenueDefinition): Row[] {
  const events = log.events.filter(({ at }) => isInRange(at, definition));
  const timeOf = ({ at }: Timed): string => timeText(startOfInterval(at, definition.interval, definition.timezone));
  const rows = currencyRows(null, events);
  for (const [time, ofTime] of groupBy(events, timeOf)) rows.push(...currencyRows(time, ofTime));
  return rows;
}

function currencyRows(time: string | null, events: readonly Timed[]): Row[] {
  const purchases = events.filter(({ event_type }) => event_type === 'purchase');
  const byCurrency = groupBy(purchases, (event) => textOf(propertyOf(event, 'currency') ?? ''));
  return [...byCurrency]
    .sort(([left], [right]) => compareBytes(left, right))
    .map(([currency, ofCurrency]) => revenueRow(time, currency, ofCurrency, events));
}
